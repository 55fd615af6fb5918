package dev.nameplate.ca.cli;

import static dev.nameplate.ca.cli.ClientCommands.group;

import java.util.List;
import picocli.CommandLine;

/** The commands of the factory: those of the office, and those that run on its stations. */
final class FactoryCommands {
    private FactoryCommands() {}

    static List<CommandLine> of(Nameplate root) {
        return List.of(
                group(
                        "batch",
                        "Work orders of the factory.",
                        new BatchCommands.Create(root),
                        new BatchCommands.Batches(root),
                        new BatchCommands.Show(root),
                        new BatchStateCommands.Pause(root),
                        new BatchStateCommands.Open(root),
                        new BatchStateCommands.Bind(root),
                        new BatchList(root),
                        new BatchHarvest(root),
                        new BatchStateCommands.Close(root),
                        new BatchExport(root)),
                group("lint", "Says what is wrong with certificates, whoever issued them.", new LintCommand(root)),
                group(
                        "station",
                        "Machines on the line: what an administrator does with them, and what runs on them.",
                        new StationCommands.Add(root),
                        new StationCommands.Code(root),
                        new StationCommands.Stations(root),
                        new StationCommands.Disable(root),
                        new StationCommands.Enable(root),
                        new StationCommands.Status(root),
                        new DrawCommand(root),
                        new UnitCommands.Issue(root),
                        new UnitCommands.Report(root)));
    }
}
