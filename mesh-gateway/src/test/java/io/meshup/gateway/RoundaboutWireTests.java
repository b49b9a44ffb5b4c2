package io.meshup.gateway;

/**
 * The same through all of Spring Cloud Gateway.
 */
@Settings({ "mesh.gateway.straight-way=false", "access-log=true" })
class RoundaboutWireTests extends GatewayWireTests {

}
