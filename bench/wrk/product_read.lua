-- The page of one product, read by a buyer who has a link with its supplier.
local common, market = require("common"), require("market")

function init(arguments)
  common.start()
end

function request()
  local buyer, supplier = market.pair()
  local place = common.facts.first_single + math.random(0, common.facts.singles - 1)
  local number = market.block(supplier) * common.facts.block + place
  local headers = { authorization = market.authorization(buyer) }
  return wrk.format("GET", "/api/v1/products/" .. common.identifier(market.PRODUCT, number), headers)
end
