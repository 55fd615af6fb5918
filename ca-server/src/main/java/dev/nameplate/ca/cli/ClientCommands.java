package dev.nameplate.ca.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every command that is a client of the operator door, by the thing it is about. */
final class ClientCommands {
    private ClientCommands() {}

    static List<CommandLine> of(Nameplate root) {
        return Stream.concat(ofTheFleet(root).stream(), ofTheAuthority(root).stream())
                .toList();
    }

    private static List<CommandLine> ofTheFleet(Nameplate root) {
        return List.of(
                group(
                        "device",
                        "Devices.",
                        new DeviceCommands.Register(root),
                        new DeviceCommands.Devices(root),
                        new DeviceCommands.Show(root),
                        new DeviceCommands.Evidence(root),
                        new DeviceStandingCommands.Hold(root),
                        new DeviceStandingCommands.Release(root),
                        new DeviceStandingCommands.Decommission(root)),
                group(
                        "code",
                        "One-time enrolment codes.",
                        new CodeCommands.Create(root),
                        new CodeCommands.Codes(root),
                        new CodeCommands.Cancel(root)),
                group(
                        "cert",
                        "Certificates.",
                        new CertCommands.Certificates(root),
                        new CertCommands.Show(root),
                        new StandingCommands.Revoke(root),
                        new StandingCommands.Hold(root),
                        new StandingCommands.Release(root)),
                group(
                        "revoke",
                        "Many certificates at once: see what it hits, then do exactly that.",
                        new RevokeCommands.Plan(root),
                        new ApplyCommand(root),
                        new RevokeCommands.Status(root),
                        new RevokeCommands.Stop(root)),
                group(
                        "approval",
                        "What waits for a second operator.",
                        new ApprovalCommands.Waiting(root),
                        new ApprovalCommands.Show(root),
                        new ApprovalCommands.Approve(root),
                        new ApprovalCommands.Reject(root)));
    }

    private static List<CommandLine> ofTheAuthority(Nameplate root) {
        return List.of(
                group(
                        "renewal",
                        "When devices renew.",
                        new RenewalCommands.Pull(root),
                        new RenewalCommands.Pulls(root),
                        new RenewalCommands.Cancel(root)),
                group(
                        "campaign",
                        "Cohorts that are brought to other keys.",
                        new CampaignCommands.Create(root),
                        new CampaignCommands.Campaigns(root),
                        new CampaignCommands.Show(root),
                        new CampaignCommands.Stop(root)),
                group(
                        "crl",
                        "CRLs.",
                        new CrlCommands.Crls(root),
                        new CrlCommands.Publish(root),
                        new CrlCommands.Show(root)),
                group(
                        "issuer",
                        "Issuers, and the replacement of their keys.",
                        new IssuerCommands.Issuers(root),
                        new IssuerCommands.Show(root),
                        new HorizonCommand(root),
                        new RotationCommands.Prepare(root),
                        new RotationCommands.Publish(root),
                        new RotationCommands.Activate(root),
                        new RotationCommands.Retire(root),
                        new RotationCommands.Destroy(root)),
                group("key", "Keys of this CA.", new KeyCommands.Keys(root), new KeyCommands.Rotate(root)),
                group(
                        "operator",
                        "Who may use the operator door.",
                        new OperatorCommands.Add(root),
                        new OperatorCommands.Operators(root),
                        new RenewOperator(root),
                        new OperatorCommands.Remove(root)),
                group(
                        "audit",
                        "The audit trail.",
                        new AuditCommands.Entries(root),
                        new VerifyAudit(root),
                        new AuditCommands.Export(root)));
    }

    static CommandLine group(String name, String about, Object... commands) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(about);
        CommandLine line = new CommandLine(spec);
        for (Object command : commands) {
            line.addSubcommand(command);
        }
        return line;
    }
}
