-- wrk script: posts Alertmanager notifications of COUNT alerts each, repeats of one another or all new.
local count = tonumber(os.getenv("COUNT"))
local fresh = os.getenv("KIND") == "new"
local path = os.getenv("TARGET_PATH")
local serial = 0
local thread_number = 0

function setup(thread)
  thread:set("number", thread_number)
  thread_number = thread_number + 1
end

local function alert(n)
  return string.format(
    '{"status":"firing","labels":{"alertname":"OllamaFrozen","instance":"gpu-%d:9100","job":"node","severity":"critical"},'
    .. '"annotations":{"summary":"Ollama on gpu-%d has made no progress for 52 s","description":"A request waits, and no byte flows.","reason":"runner_stalled"},'
    .. '"startsAt":"2026-11-22T04:00:00.000Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus.example:9090/graph?g0.expr=ollama_frozen_duration_seconds","fingerprint":"%02x%014x"}',
    n % 1000, n % 1000, number or 0, n)
end

local function notification(first)
  local alerts = {}
  for i = 1, count do alerts[i] = alert(first + i) end
  return '{"version":"4","groupKey":"{}:{alertname=\\"OllamaFrozen\\"}","truncatedAlerts":0,"status":"firing","receiver":"selfheal","groupLabels":{"alertname":"OllamaFrozen"},'
    .. '"commonLabels":{"alertname":"OllamaFrozen"},"commonAnnotations":{},"externalURL":"http://alertmanager.example:9093","alerts":[' .. table.concat(alerts, ",") .. "]}"
end

local headers = { ["Content-Type"] = "application/json" }
local repeated

function request()
  if fresh then
    serial = serial + count
    return wrk.format("POST", path, headers, notification(serial + (tonumber(os.getenv("OFFSET")) or 0)))
  end
  repeated = repeated or notification(0)
  return wrk.format("POST", path, headers, repeated)
end

function done(summary, latency, requests)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("%.0f %.2f %.2f %d\n",
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000, failed))
end
