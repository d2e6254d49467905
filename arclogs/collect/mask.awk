# Secrets out of what leaves the cluster, before it is written. Plain POSIX awk: mawk, busybox and BSD run it too.
# A mask is no promise: look through what was collected before you send it.

function keep_key(line) { sub(/[:=].*/, "", line); return line }

# A private key, as a block or in one line with \n in it.
/-----BEGIN [A-Z ]*PRIVATE KEY-----/ {
  if ($0 ~ /-----END [A-Z ]*PRIVATE KEY-----/) gsub(/-----BEGIN [A-Z ]*PRIVATE KEY-----.*-----END [A-Z ]*PRIVATE KEY-----/, "***")
  else { sub(/-----BEGIN [A-Z ]*PRIVATE KEY-----.*/, "***"); print; in_key = 1; next }
}
in_key {
  if ($0 ~ /-----END/) in_key = 0
  else if ($0 ~ /^[ \t>|]*[A-Za-z0-9+\/=]*[ \t]*$/ || $0 ~ /^(Proc-Type|DEK-Info)/) next
  else in_key = 0
  if ($0 ~ /-----END/) next
}

# The values of a Secret in a rendered manifest.
/^(---|# Source:)/ { secret = 0; in_data = 0 }
/^kind: *Secret *$/ { secret = 1 }
secret && /^(data|stringData):/ { in_data = 1; print; next }
secret && in_data && /^[^ ]/ { in_data = 0 }
secret && in_data {
  if ($0 ~ /^  [A-Za-z0-9._-]+:/) print keep_key($0) ": '***'"
  next
}

# What kubectl apply wrote down holds the whole object once more.
/last-applied-configuration:/ { sub(/last-applied-configuration:.*/, "last-applied-configuration: '***'"); print; match($0, /^ */); applied = RLENGTH; dropping = 1; next }
dropping {
  match($0, /^ */)
  if (RLENGTH > applied) next
  dropping = 0
}

# The value of a variable with a telling name: in YAML on the next line, in a description on the same.
was_secret_name && /^ *value: / { sub(/value: .*/, "value: '***'"); print; was_secret_name = 0; in_value = 1; match($0, /^ */); value_indent = RLENGTH; next }
in_value {
  match($0, /^ */)
  if (RLENGTH > value_indent) next
  in_value = 0
}
{ was_secret_name = 0 }
/^ *(- )?name: .*(TOKEN|PASSWORD|PASSWD|SECRET|PRIVATE_KEY|API_KEY|ACCESS_KEY|APIKEY|CREDENTIAL|JITCONFIG)/ { was_secret_name = 1 }
/^ +[A-Z0-9_]*(TOKEN|PASSWORD|PASSWD|SECRET|PRIVATE_KEY|API_KEY|ACCESS_KEY|APIKEY|CREDENTIAL|JITCONFIG)[A-Z0-9_]*: +[^< ]/ { print keep_key($0) ":  ***"; next }

# Keys that hold secrets wherever they stand; a description shows but their sizes.
!/: +[0-9]+ bytes$/ && /^[ "-]*(github_token|github_app_private_key|runnerJITConfig|jitToken|registrationToken|password|passwd|clientSecret|client_secret|secretAccessKey|secret_access_key|accessToken|access_token)"?: *[^ {]/ {
  print keep_key($0) ": '***'"
  match($0, /^ */); value_indent = RLENGTH; in_value = 1
  next
}

{
  gsub(/gh[opusr]_[A-Za-z0-9._-]+/, "***")
  gsub(/github_pat_[A-Za-z0-9_]+/, "***")
  gsub(/eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?/, "***")
  gsub(/:\/\/[^\/ :@"']+:[^\/ @"']+@/, "://***@")
  gsub(/[Aa]uthorization: *(Bearer|bearer|Basic|basic|token) +[^ "',]+/, "Authorization: ***")
  gsub(/[Bb]earer +[A-Za-z0-9._~+\/=-]+/, "Bearer ***")
  gsub(/--(token|pat|jitconfig|password)[ =][^ "']+/, "--masked ***")
  gsub(/(AKIA|ASIA)[A-Z0-9]+/, "***")
  gsub(/(X-Amz-Signature|X-Amz-Security-Token|sig|signature)=[A-Za-z0-9%._\/+=-]+/, "masked=***")
  print
}
