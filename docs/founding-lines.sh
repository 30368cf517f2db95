#!/usr/bin/env bash
# Asks a running companion by every address of the founding documents, and prints each answer on a line of its own.
#
#   export TOUCHSTONE_TOKEN="$(npm run -s touchstone tokens create -- --name walk --scope read check)"
#   docs/founding-lines.sh photo.jpg clip.mp4 [pictures.zip]
#
# With a zip of pictures in folders named ai and real it teaches a pack from them too; the token then needs the scope train.
# TOUCHSTONE_PORT: the port of the companion, 47615 without it.
set -euo pipefail

picture=${1:?a picture}
video=${2:?a video}
pictures=${3:-}
token=${TOUCHSTONE_TOKEN:?a token with the scopes read and check}
port=${TOUCHSTONE_PORT:-47615}

base="http://127.0.0.1:$port"
header="Authorization: Bearer $token"

# An answer that says no ends the walk.
ask() { curl --silent --show-error --fail-with-body --header "$header" --write-out '\n' "$@"; }
# The first text under a name in the JSON on standard input.
text_of() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

ask -X POST -F "file=@$picture" "$base/predict"
ask -X POST -F "file=@$picture" -F "file=@$video" "$base/predict/batch"
ask -X POST -F "file=@$video" "$base/predict/video"
ask "$base/predictions?skip=0&limit=10"

ask -X POST -F "file=@$picture" "$base/detect"

uploaded=$(ask -X POST -F "file=@$picture" "$base/api/v1/detection/upload")
echo "$uploaded"
id=$(text_of id <<<"$uploaded")
ask -X POST "$base/api/v1/detection/$id/process"

accepted=$(ask -X POST -F "file=@$picture" "$base/v1/infer")
echo "$accepted"
ask "$(text_of status_url <<<"$accepted")"

[[ -n $pictures ]] || exit 0
begun=$(ask -X POST -F model_type=logistic_regression -F data_source=user -F "training_file=@$pictures" "$base/api/custom/train")
echo "$begun"
id=$(text_of session_id <<<"$begun")
until progress=$(ask "$base/api/custom/progress/$id") && [[ $progress != *'"running"'* ]]; do sleep 1; done
echo "$progress"
ask "$base/api/custom/result/$id"
