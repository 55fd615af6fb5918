package dev.nameplate.ca.app;

import dev.nameplate.ca.config.Settings;
import dev.nameplate.hsm.InjectionVault;
import dev.nameplate.hsm.InjectionVaults;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.TokenVaults;
import dev.nameplate.hsm.VaultListener;
import dev.nameplate.hsm.pkcs11.CryptokiModule;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import dev.nameplate.hsm.pkcs11.Pkcs11Vault;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The tokens of the settings, open as one vault. */
final class Tokens {
    private final InstantSource clock;
    private final VaultListener listener;
    private final Map<Path, CryptokiModule> modules = new LinkedHashMap<>();
    private final SequencedMap<String, Pkcs11Vault> vaults = new LinkedHashMap<>();

    private Tokens(InstantSource clock, VaultListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    static Tokens open(Settings.Tokens settings, InstantSource clock, VaultListener listener) {
        Tokens tokens = new Tokens(clock, listener);
        try {
            settings.all().forEach(tokens::open);
            return tokens;
        } catch (RuntimeException e) {
            tokens.vaults.values().forEach(KeyVault::close);
            tokens.closeModules();
            throw e;
        }
    }

    /** All of them; closing it closes everything. */
    KeyVault vault() {
        return new TokenVaults(new LinkedHashMap<>(vaults), this::closeModules);
    }

    /** Where keys are made for devices and wrapped: the usual token, and those before it for as long as something is in them. */
    InjectionVault injection() {
        List<InjectionVault> all =
                vaults.values().stream().map(Pkcs11Vault::injection).toList();
        return all.size() == 1 ? all.getFirst() : new InjectionVaults(all);
    }

    /** Several tokens of one library share it: there is one of it in a process. */
    private void open(Pkcs11Settings settings) {
        CryptokiModule module = modules.computeIfAbsent(settings.module(), CryptokiModule::load);
        vaults.put(settings.tokenLabel(), Pkcs11Vault.open(settings, module, clock, listener));
    }

    private void closeModules() {
        modules.values().forEach(CryptokiModule::close);
    }
}
