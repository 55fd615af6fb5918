package dev.nameplate.ca.store;

/** The fakes keep the ports' promises. */
final class MemoryStoreTest
        implements LedgerContract, DoorContract, RegistryContract, StandingContract, PlanContract, FactoryContract {
    private final Ports ports = Ports.inMemory();

    @Override
    public Ports ports() {
        return ports;
    }
}
