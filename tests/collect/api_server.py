"""A Kubernetes API server for kubectl, as far as `get`, `describe`, `logs` and `auth can-i` need one."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

# group/version: plural kind, "*" before those of the whole cluster
RESOURCES = {
    "v1": "*namespaces Namespace *nodes Node *persistentvolumes PersistentVolume pods Pod "
    "serviceaccounts ServiceAccount secrets Secret configmaps ConfigMap events Event "
    "persistentvolumeclaims PersistentVolumeClaim resourcequotas ResourceQuota "
    "limitranges LimitRange",
    "apps/v1": "deployments Deployment",
    "rbac.authorization.k8s.io/v1": "roles Role rolebindings RoleBinding *clusterroles ClusterRole "
    "*clusterrolebindings ClusterRoleBinding",
    "storage.k8s.io/v1": "*storageclasses StorageClass",
    "networking.k8s.io/v1": "networkpolicies NetworkPolicy",
    "admissionregistration.k8s.io/v1": "*validatingwebhookconfigurations "
    "ValidatingWebhookConfiguration *mutatingwebhookconfigurations MutatingWebhookConfiguration",
    "apiextensions.k8s.io/v1": "*customresourcedefinitions CustomResourceDefinition",
    "actions.github.com/v1alpha1": "autoscalingrunnersets AutoscalingRunnerSet "
    "ephemeralrunnersets EphemeralRunnerSet ephemeralrunners EphemeralRunner "
    "autoscalinglisteners AutoscalingListener",
    "authorization.k8s.io/v1": "*selfsubjectrulesreviews SelfSubjectRulesReview",
}


def resources(version):
    words = RESOURCES[version].split()
    return [
        {
            "name": name.removeprefix("*"),
            "singularName": kind.lower(),
            "kind": kind,
            "namespaced": not name.startswith("*"),
            "verbs": ["get", "list", "create"],
            **({"shortNames": ["crd", "crds"]} if kind == "CustomResourceDefinition" else {}),
        }
        for name, kind in zip(words[::2], words[1::2])
    ]


class Cluster:
    """Objects as `kubectl get -o yaml` shows them, and logs by pod, container and whether previous."""

    def __init__(self, objects, logs=None, forbidden=()):
        self.objects, self.logs, self.forbidden = objects, logs or {}, forbidden

    def answer(self, path, query):
        """Return status and body of one request."""
        parts = path.strip("/").split("/")
        if path == "/version":
            return 200, {
                "major": "1",
                "minor": "33",
                "gitVersion": "v1.33.2",
                "platform": "linux/amd64",
            }
        if path == "/api":
            return 200, {"kind": "APIVersions", "versions": ["v1"]}
        if path == "/apis":
            return 200, {"kind": "APIGroupList", "apiVersion": "v1", "groups": groups()}
        version, rest = (
            ("v1", parts[2:]) if parts[0] == "api" else ("/".join(parts[1:3]), parts[3:])
        )
        if version not in RESOURCES:
            return 404, status(404, "NotFound", "the server could not find the requested resource")
        if not rest:
            listed = resources(version)
            return 200, {"kind": "APIResourceList", "groupVersion": version, "resources": listed}
        return self.read(version, rest, query)

    def read(self, version, rest, query):
        namespace = None
        if rest[0] == "namespaces" and len(rest) > 2:
            namespace, rest = rest[1], rest[2:]
        plural, name = rest[0], rest[1] if len(rest) > 1 else None
        if plural == "selfsubjectrulesreviews":
            rules = [{"verbs": ["get"], "apiGroups": [""], "resources": ["pods"]}]
            found = {"resourceRules": rules, "nonResourceRules": [], "incomplete": False}
            return 201, {"kind": "SelfSubjectRulesReview", "apiVersion": version, "status": found}
        if plural in self.forbidden:
            return 403, status(
                403, "Forbidden", f'{plural} is forbidden: User "support" cannot list'
            )
        if rest[2:] == ["log"]:
            return self.log(name, query)
        kind = next((r["kind"] for r in resources(version) if r["name"] == plural), None)
        items = [
            item
            for item in self.objects
            if item["kind"] == kind and namespace in (None, item["metadata"].get("namespace"))
        ]
        if name is None:
            return 200, {
                "kind": f"{kind}List",
                "apiVersion": version,
                "metadata": {},
                "items": items,
            }
        one = [item for item in items if item["metadata"]["name"] == name]
        return (
            (200, one[0]) if one else (404, status(404, "NotFound", f'{plural} "{name}" not found'))
        )

    def log(self, pod, query):
        key = (pod, query["container"][0], "previous" in query)
        text = self.logs.get(key)
        return (200, text) if text is not None else (400, status(400, "BadRequest", "no log"))


def groups():
    return [
        {
            "name": version.split("/")[0],
            "versions": [{"groupVersion": version, "version": version.split("/")[1]}],
            "preferredVersion": {"groupVersion": version, "version": version.split("/")[1]},
        }
        for version in RESOURCES
        if "/" in version
    ]


def status(code, reason, message):
    return {
        "kind": "Status",
        "apiVersion": "v1",
        "status": "Failure",
        "code": code,
        "reason": reason,
        "message": message,
    }


@contextmanager
def serving(cluster):
    """Serve a cluster on the loopback address; give a kubeconfig."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            url = urlsplit(self.path)
            code, body = cluster.answer(url.path, parse_qs(url.query))
            data = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(code)
            self.send_header(
                "Content-Type", "text/plain" if isinstance(body, str) else "application/json"
            )
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "current-context": "stub",
                "clusters": [
                    {
                        "name": "stub",
                        "cluster": {"server": f"http://127.0.0.1:{server.server_port}"},
                    }
                ],
                "users": [{"name": "support", "user": {}}],
                "contexts": [{"name": "stub", "context": {"cluster": "stub", "user": "support"}}],
            }
        )
    finally:
        server.shutdown()
