package dev.nameplate.ca.edge.admin;

/** Translates one call; decides nothing. */
interface Endpoint {
    Result answer(Call call);
}
