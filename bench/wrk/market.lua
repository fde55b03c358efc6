-- Numbers of the market, as bench/trade/sizes.py counts them.
local common = require("common")
local facts = common.facts
local market = { CATEGORY = 256, PRODUCT = 258 }

function market.authorization(buyer)
  return common.authorization(facts.suppliers + buyer)
end

-- A buyer, and one of the suppliers with whom there is a link.
function market.pair()
  local buyer = math.random(0, facts.buyers - 1)
  return buyer, (buyer + math.random(0, facts.links - 1)) % facts.suppliers
end

-- A supplier's products that come first are asked for more often.
function market.block(supplier)
  local first, beyond = facts.first_blocks[supplier + 1], facts.first_blocks[supplier + 2]
  local chance = math.random()
  return first + math.floor((beyond - first) * chance * chance)
end

function market.category(block)
  local chance = block * 7919 % 10007 / 10007
  return math.floor(facts.categories * (chance * chance * chance))
end

-- The n-th word about n times as seldom as the first.
function market.word(words, language)
  return words[math.max(1, math.floor((#words) ^ math.random()))][language]
end

return market
