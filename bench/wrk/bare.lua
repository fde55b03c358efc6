-- The shortest answer of the same server, to a request that looks like the measured ones.
local common = require("common")

function init(arguments)
  common.start()
end

function request()
  local organisation = math.random(0, common.facts.organisations - 1)
  return wrk.format("GET", "/ping", { authorization = common.authorization(organisation) })
end
