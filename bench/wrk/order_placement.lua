-- A buyer orders three products of a supplier with whom there is a link, each order under a key of its own.
local common, market = require("common"), require("market")
local ORGANISATION, LINES = 2, 3
local count, run = 0, ""

function init(arguments)
  common.start()
  local noise = io.open("/dev/urandom", "rb")
  for _, byte in ipairs({ noise:read(8):byte(1, 8) }) do
    run = run .. string.format("%02x", byte)
  end
  noise:close()
end

function request()
  local facts = common.facts
  local buyer, supplier = market.pair()
  local lines = {}
  for nth = 0, LINES - 1 do
    -- A third of a block for each line, so that no product comes twice.
    local place = facts.first_single + nth * facts.singles / LINES + math.random(0, facts.singles / LINES - 1)
    local number = market.block(supplier) * facts.block + place
    lines[nth + 1] = string.format(
      '{"product_id":"%s","quantity":"%d"}', common.identifier(market.PRODUCT, number), math.random(1, 20))
  end
  count = count + 1
  local headers = {
    authorization = market.authorization(buyer),
    ["content-type"] = "application/json",
    ["idempotency-key"] = run .. "-" .. count,
  }
  local body = string.format('{"supplier_organisation_id":"%s","lines":[%s]}',
    common.identifier(ORGANISATION, supplier), table.concat(lines, ","))
  return wrk.format("POST", "/api/v1/orders", headers, body)
end
