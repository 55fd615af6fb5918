package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.refusal.Refusal;

/** The refusals of the factory and their answers; a part of {@link RefusalTable}. */
final class FactoryRefusals {
    private FactoryRefusals() {}

    static Answer answer(Refusal.OfFactory refusal) {
        return switch (refusal) {
            case Refusal.KeyNotHarvested r ->
                new Answer(
                        403,
                        "key-not-harvested",
                        "the factory read another key off device " + r.device() + "; it enrols with that one");
            case Refusal.StationNotBound r ->
                new Answer(403, "station-not-bound", "batch " + r.batch() + " is not for " + r.station());
            case Refusal.BatchNotOpen r ->
                new Answer(409, "batch-not-open", "batch " + r.batch() + " takes nothing now: " + r.why());
            case Refusal.BatchQuotaSpent r ->
                new Answer(
                        409, "batch-quota-spent", "batch " + r.batch() + " has had all of its " + r.quota() + " units");
            case Refusal.UnitNotAllowed r ->
                new Answer(
                        403, "unit-not-allowed", "unit " + r.unit() + " is not of batch " + r.batch() + ": " + r.why());
            case Refusal.UnitElsewhere r ->
                new Answer(409, "unit-elsewhere", "unit " + r.unit() + " is at " + r.where());
            case Refusal.UnitConfirmed r ->
                new Answer(
                        409,
                        "unit-confirmed",
                        "unit " + r.unit() + " proved that it has the key of certificate " + r.serial()
                                + "; another key for it is a duplicate");
            case Refusal.UnitRetriesSpent r ->
                new Answer(
                        409,
                        "unit-retries-spent",
                        "unit " + r.unit() + " has had its key and " + r.retries() + " retries; scrap or rework it");
            case Refusal.UnitNotReady r ->
                new Answer(409, "unit-not-ready", "unit " + r.unit() + " is " + r.state() + ": " + r.why());
            case Refusal.PossessionNotProved r ->
                new Answer(
                        400,
                        "possession-not-proved",
                        "the signature over the nonce of unit " + r.unit() + " is not by the key of its certificate");
        };
    }
}
