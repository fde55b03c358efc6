-- Two words of one language, a filter by stock and by price, and all facets.
local common, market = require("common"), require("market")

function init(arguments)
  common.start()
end

function request()
  local drawn = math.random()
  local language = drawn < 0.6 and 1 or drawn < 0.85 and 2 or 3
  local facts = common.facts
  local path = string.format(
    "/api/v1/search?q=%s%%20%s&in_stock=true&currency=KZT&price_max=%d",
    market.word(facts.things, language), market.word(facts.qualities, language), math.random(3, 30) * 100000)
  return wrk.format("GET", path, { authorization = market.authorization(math.random(0, facts.buyers - 1)) })
end
