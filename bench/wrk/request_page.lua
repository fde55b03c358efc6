-- The page of one request, read by its buyer.
local common = require("common")
local REQUEST = 4

function init(arguments)
  common.start()
end

function request()
  local number = math.random(0, common.facts.requests - 1)
  local headers = { authorization = common.authorization(number % common.facts.organisations) }
  return wrk.format("GET", "/api/v1/requests/" .. common.identifier(REQUEST, number), headers)
end
