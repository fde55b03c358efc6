-- What every script shares: identifiers as in bench/identifiers.py, and results as JSON.
local common = { facts = require("facts") }

local threads = 0

function common.identifier(kind, number)
  return string.format("0192a000-%04x-7000-8000-%012x", kind, number)
end

function common.authorization(organisation)
  return "Bearer " .. common.facts.tokens[organisation + 1]
end

-- Each thread draws other numbers, the same ones in every run.
function setup(thread)
  thread:set("thread_number", threads)
  threads = threads + 1
end

function common.start()
  math.randomseed(17 + thread_number)
end

function done(summary, latency, requests)
  local errors = summary.errors
  local file = io.open(os.getenv("BENCH_RESULTS"), "w")
  file:write(string.format(
    '{"requests": %d, "duration_s": %.6f, "p50_ms": %.3f, "p95_ms": %.3f, "p99_ms": %.3f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
  file:close()
end

return common
