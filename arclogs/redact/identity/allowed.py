"""Names that stay: they say nothing of whose bundle it is, and rules look for many of them."""

from __future__ import annotations

from typing import Final

from arclogs.lazy_regex import lazy_compile


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DOMAINS: Final = _words(
    """
    github.com githubusercontent.com githubassets.com githubapp.com githubstatus.com github.io
    github.dev ghcr.io docker.io docker.com docker.internal k8s.io kubernetes.io helm.sh gcr.io
    quay.io microsoft.com azure.com microsoftonline.com googleapis.com google.com gke.io cncf.io
    kubebuilder.io golang.org go.dev gopkg.in summerwind.dev summerwind.net cert-manager.io
    argoproj.io istio.io linkerd.io karpenter.sh keda.sh coreos.com gatekeeper.sh kyverno.io
    cilium.io projectcalico.org external-secrets.io crossplane.io fluxcd.io prometheus.io
    grafana.com elastic.co datadoghq.com opencontainers.org containerd.io nvidia.com openshift.io
    redhat.com npmjs.org npmjs.com nodejs.org yarnpkg.com pypi.org python.org pythonhosted.org
    rubygems.org crates.io rust-lang.org maven.org apache.org ubuntu.com debian.org alpinelinux.org
    fedoraproject.org json-schema.org w3.org opentelemetry.io letsencrypt.org troubleshoot.sh
    replicated.com velero.io rancher.io cattle.io amazon.com aws.amazon.com
    """
)
"""With all that lies below them."""
TENANTS: Final = _words(
    """
    amazonaws.com ghe.com azurecr.io windows.net azmk8s.io cloudapp.azure.com azure-api.net
    azurewebsites.net pkg.dev run.app ec2.internal compute.internal gserviceaccount.com
    visualstudio.com
    """
)
"""Domains of clouds, below which names of their customers stand."""
SERVICE_LABEL: Final = lazy_compile(
    r"[a-z]{2}(?:-[a-z]+)+-?\d|[a-z]+(?:north|south|east|west|central)?[a-z]{0,8}us\d?"
    r"|www|s3|sts|ec2|ecr|dkr|eks|elb|elasticache|gr\d|yl\d|sk\d|execute-api|iam|kms|logs|blob|core|file|queue"
    r"|table|vault|compute|internal|docker|hcp|privatelink|productionresultssa\d+|cache|lambda|sqs|sns|rds"
)
"""What stands in such a name for a service or a region."""
# Groups of Kubernetes' API and of Java, whose names look like hosts.
NO_HOST: Final = lazy_compile(
    r"(?:io|com|org|net|java|javax|sun|socket|system|asp)\.[\w.-]+|.*\.svc(?:\.cluster\.local)?|.*\.cluster\.local"
)
ORGANIZATIONS: Final = _words(
    """
    actions github docker azure aws-actions google-github-actions kubernetes kubernetes-sigs helm
    hashicorp summerwind microsoft moby containerd runner-container-hooks actions-runner-controller
    actions-runner-controller-charts aws amazon-k8s-cni cert-manager library bitnami argoproj
    go-logr golang nodejs dependabot
    """
)
"""Owners of what every installation uses, and what of theirs stands in addresses."""
PATHS: Final = _words(
    """
    api apis app apps login logout settings notifications features topics collections sponsors
    marketplace orgs organizations enterprises repos repositories users user search sessions oauth
    meta graphql installation installations about pricing security contact site readme blog docs
    gist raw releases new _apis _services rate_limit v1 v2 v3
    """
)
"""First parts of an address on GitHub that name nobody."""
USERS: Final = _words(
    """
    root runner runneradmin ubuntu debian docker admin ec2-user azureuser vagrant nobody user users
    git github actions noreply no-reply support x-access-token token postgres node jenkins work app
    home linuxbrew system public default administrator circleci vscode jovyan codespace packer
    """
)
BRANCHES: Final = _words(
    "main master develop dev trunk head stable staging production release next"
)
CLUSTER: Final = _words(
    """
    default kube-system kube-public kube-node-lease arc-systems arc-runners actions-runner-system
    actions-runner-controller gha-runner-scale-set gha-runner-scale-set-controller arc runner
    runners self-hosted cert-manager argocd flux-system gatekeeper-system istio-system monitoring
    kubernetes helm arc-gha-rs-controller arc-system karpenter local all
    gha-rs arc-runner-set moby
    """
)
"""What the documentation calls namespaces, releases and groups."""
WORDS: Final = _words(
    """
    access account action actions admin agent agents analytics api apis app application apps arch
    arm64 artifact artifacts assets audit auth automation backend base batch billing bin blue boot
    branch build builder builds bundle cache cache-server canary central charts check checkout ci
    cli client cloud cluster code collect com common community company config console container
    containers controller core cron customer daemon dashboard data database debug default demo
    deploy deployment design desktop dev develop developer development devops dind docker docs down
    edge engine engineering enterprise error event events example exec external failed false feature
    file files flow frontend fullstack gateway general git github global golang green group head
    health helm home hook hooks host http https image images index info infra infrastructure init
    install internal issue java job jobs kube kubectl kubernetes labs latest lib libs library linux
    list listener local log logging logs main manager master metrics mobile model module monitor
    monitoring monorepo name namespace network node nodes none null office online open operations
    operator ops orders org organization owner package packages payments plan platform plugin pod
    pods policy pool portal prod product production products project projects proxy public python
    queue red region registry release releases remote repo report repository research resource
    results role root runner runners runtime sales sandbox scale scaleset scheduler script scripts
    sdk search secret security self server service services session set shared shop site software
    solutions source stage staging start status step steps storage store studio support system
    systems task team teams temp template test testing tests time token tool tools training true
    type unknown update upgrade user users util utils version volume web webapp webhook website
    windows work worker workflow workflows workspace world
    """
)
"""Words that people also give as names: these go where an address or a key says so, not elsewhere."""
