-- A vendor quotes three lines of a published request; no vendor quotes a request twice.
local common = require("common")
local REQUEST, REQUEST_LINE, LINES = 4, 5, 3
local count = 0
local base = tonumber(os.getenv("BENCH_BASE"))
local valid_until = os.date("!%Y-%m-%dT%H:%M:%SZ", os.time() + 60 * 86400)

function init(arguments)
  common.start()
end

function request()
  local pair = base + count * 2 + thread_number
  count = count + 1
  local facts = common.facts
  local index = pair % facts.published
  local number = math.floor(index / 4) * 5 + 1 + index % 4
  local vendor = (number + 10 + math.floor(pair / facts.published)) % facts.organisations
  local lines = {}
  for place = 0, LINES - 1 do
    lines[place + 1] = string.format(
      '{"request_line_id":"%s","unit_price":{"amount":%d,"currency":"KZT"},"tax_rate":"12"}',
      common.identifier(REQUEST_LINE, number * LINES + place), 100000 + place)
  end
  local body = string.format(
    '{"currency":"KZT","valid_until":"%s","lead_time_days":14,"lines":[%s]}', valid_until, table.concat(lines, ","))
  local headers = { authorization = common.authorization(vendor), ["content-type"] = "application/json" }
  return wrk.format("POST", "/api/v1/requests/" .. common.identifier(REQUEST, number) .. "/quotes", headers, body)
end
