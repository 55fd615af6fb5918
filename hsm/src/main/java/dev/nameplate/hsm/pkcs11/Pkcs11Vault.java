package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.DeviceKey;
import dev.nameplate.hsm.InjectionVault;
import dev.nameplate.hsm.KeyId;
import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.NoSuchTokenException;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.TestSignature;
import dev.nameplate.hsm.TokenFacts;
import dev.nameplate.hsm.TokenRefusedException;
import dev.nameplate.hsm.VaultException;
import dev.nameplate.hsm.VaultHealth;
import dev.nameplate.hsm.VaultKey;
import dev.nameplate.hsm.VaultListener;
import dev.nameplate.hsm.pkcs11.CryptokiModule.LabelledToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/**
 * Keys in one token of a PKCS#11 library.
 *
 * <p>There may be one vault per library and process, because initialising and finalising the library acts on the whole
 * process; several tokens of one library are several vaults on one shared {@link CryptokiModule}.
 */
public final class Pkcs11Vault implements KeyVault {
    /** RSA-4096 takes a small token minutes. */
    private static final Duration KEY_GENERATION = Duration.ofMinutes(10);

    private static final int WRAPPING_KEY_OCTETS = 32;

    private final Pkcs11Settings settings;
    private final TokenCalls calls;
    private final Upkeep upkeep;
    private final SessionPool sessions;
    private final TokenKeys keys;
    private final PassingKeys passing = new PassingKeys();
    private final GivenKeys given = new GivenKeys(passing);
    private final VaultListener listener;
    private final ModuleCloser ownModule;
    private final SecureRandom random = new SecureRandom();

    private Pkcs11Vault(
            Pkcs11Settings settings,
            CryptokiModule module,
            InstantSource clock,
            VaultListener listener,
            ModuleCloser ownModule) {
        this.settings = settings;
        this.listener = listener;
        this.ownModule = ownModule;
        this.sessions = new SessionPool(module, settings, clock);
        this.keys = new TokenKeys(settings.tokenLabel());
        this.calls = new TokenCalls(module, sessions, new Outage(settings, clock, listener), settings);
        this.upkeep = new Upkeep(calls, settings);
    }

    /**
     * Loads the library, finds the token and logs in.
     *
     * @throws NoSuchTokenException if there is no such library or token
     * @throws dev.nameplate.hsm.WrongPinException if the token refuses the PIN
     * @throws TokenRefusedException if another part of the process uses the library
     */
    public static Pkcs11Vault open(Pkcs11Settings settings, InstantSource clock) {
        return open(settings, clock, VaultListener.SILENT);
    }

    /** Like {@link #open(Pkcs11Settings, InstantSource)}, telling the listener what happens. */
    public static Pkcs11Vault open(Pkcs11Settings settings, InstantSource clock, VaultListener listener) {
        CryptokiModule module = CryptokiModule.load(settings.module());
        return opened(new Pkcs11Vault(settings, module, clock, listener, module::close), module);
    }

    /** A vault on a library shared with others; closing the vault leaves the library open. */
    public static Pkcs11Vault open(
            Pkcs11Settings settings, CryptokiModule module, InstantSource clock, VaultListener listener) {
        return opened(new Pkcs11Vault(settings, module, clock, listener, () -> {}), module);
    }

    @Override
    public VaultKey generate(KeySpec spec, String label) {
        if (label.isBlank()) {
            throw new IllegalArgumentException("key label is empty");
        }
        KeyId id = KeyId.random(random);
        return calls.run(KEY_GENERATION, session -> keys.generate(session.session(), spec, id, label));
    }

    @Override
    public KeyVault inToken(String label) {
        if (!label.equals(settings.tokenLabel())) {
            throw new NoSuchTokenException("token " + label + " is not token " + settings.tokenLabel());
        }
        return this;
    }

    @Override
    public TokenFacts facts() {
        return calls.run(session -> KekObjects.facts(session.session()));
    }

    @Override
    public DeviceKey makeForDevice(KeySpec spec) {
        return calls.run(KEY_GENERATION, session -> given.make(session.session(), spec, wrappingKey()));
    }

    private byte[] wrappingKey() {
        byte[] octets = new byte[WRAPPING_KEY_OCTETS];
        random.nextBytes(octets);
        return octets;
    }

    @Override
    public Optional<VaultKey> find(KeyUri uri) {
        requireOurs(uri);
        return calls.run(session -> keys.find(session.session(), uri).map(TokenKeys.TokenKey::key));
    }

    @Override
    public List<VaultKey> list() {
        return calls.run(session -> keys.list(session.session()));
    }

    @Override
    public SigningKey signingKey(KeyUri uri) {
        requireOurs(uri);
        return new Pkcs11SigningKey(uri, calls, keys, listener);
    }

    @Override
    public void destroy(KeyUri uri) {
        requireOurs(uri);
        calls.run(session -> {
            keys.destroy(
                    session.session(),
                    keys.find(session.session(), uri)
                            .orElseThrow(() -> new KeyMissingException("there is no key " + uri)));
            return true;
        });
    }

    @Override
    public VaultHealth probe(KeyUri uri) {
        try {
            requireOurs(uri);
            Pkcs11SigningKey key = new Pkcs11SigningKey(uri, calls, keys, VaultListener.SILENT);
            return TestSignature.by(key, key.key().spec());
        } catch (VaultException reason) {
            return new VaultHealth.Unhealthy(reason);
        }
    }

    /** Where keys for devices are made, in the same token and by the same sessions. */
    public InjectionVault injection() {
        return new Pkcs11Injection(settings.tokenLabel(), calls, passing, random);
    }

    /** Tries the PIN again after it was refused; before this the vault does not, so that the token does not lock. */
    public void retryLogin() {
        sessions.allowLogin();
    }

    /** How many sessions this vault has open now; never more than {@link Pkcs11Settings#maxSessions}. */
    public int openSessions() {
        return sessions.openSessions();
    }

    @Override
    public void close() {
        upkeep.close();
        calls.close();
        ownModule.close();
    }

    private void requireOurs(KeyUri uri) {
        if (uri.scheme() != KeyUri.Scheme.PKCS11 || !uri.token().label().equals(settings.tokenLabel())) {
            throw new NoSuchTokenException("key " + uri + " is not in token " + settings.tokenLabel());
        }
    }

    private static Pkcs11Vault opened(Pkcs11Vault vault, CryptokiModule module) {
        boolean sound = false;
        try {
            vault.requireToken(module);
            vault.calls.run(session -> true);
            sound = true;
            return vault;
        } finally {
            if (!sound) {
                vault.close();
            }
        }
    }

    private void requireToken(CryptokiModule module) {
        try {
            List<String> labels = module.call(module::tokens).stream()
                    .map(LabelledToken::label)
                    .toList();
            long fitting = labels.stream().filter(settings.tokenLabel()::equals).count();
            if (fitting != 1) {
                throw new NoSuchTokenException("token.label " + settings.tokenLabel() + " fits " + fitting
                        + " tokens of " + module.path() + "; it has " + labels);
            }
        } catch (PKCS11Exception | TokenLoss fault) {
            throw new TokenRefusedException("token.module " + module.path() + " does not list its tokens", fault);
        }
    }

    /** The library, if closing it is our business. */
    @FunctionalInterface
    private interface ModuleCloser {
        void close();
    }
}
