-- The first page of a category of a supplier's catalogue, the cheapest first, through a trading link.
local common, market = require("common"), require("market")
local ORGANISATION = 2

function init(arguments)
  common.start()
end

function request()
  local buyer, supplier = market.pair()
  local path = "/api/v1/catalog?sort=price&size=20&supplier_id=" .. common.identifier(ORGANISATION, supplier)
    .. "&category_id=" .. common.identifier(market.CATEGORY, market.category(market.block(supplier)))
  return wrk.format("GET", path, { authorization = market.authorization(buyer) })
end
