using System.CommandLine;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;

namespace NewsBot.Cli;

/// <summary>Finds the verb on the command line: the machine's own ones here, all others in the catalogue.</summary>
internal static class Verbs
{
    public static async Task<int> RunAsync(string[] settings, IReadOnlyList<string> words)
    {
        using var stop = new CancellationTokenSource();
        var root = Root(settings);
        var first = words[0];
        var isOwn =
            first.StartsWith('-')
            || (first == "help" && words.Count == 1)
            || root.Subcommands.Any(command => command.Name == first);
        if (isOwn)
        {
            var parsed = root.Parse(first == "help" ? ["--help"] : words);
            if (parsed.Errors.Count > 0)
            {
                foreach (var error in parsed.Errors)
                {
                    Output.Error(error.Message);
                }

                Output.Error(
                    $"“newsbot {(root.Subcommands.Any(command => command.Name == first) ? first + " " : "")}--help” shows how it is written."
                );
                return CommandLineDoor.WrongUsage;
            }

            using var output = new StringWriter();
            var code = await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = output,
                    EnableDefaultExceptionHandler = false,
                }
            );
            if (output.GetStringBuilder().Length > 0)
            {
                Output.Line(output.ToString().TrimEnd());
                if (first is "help" or "--help" or "-h" or "-?")
                {
                    Output.Line("\n" + TerminalText.Of(CommandHelp.List(Core.Communities.Role.Admin)));
                }
            }

            return code;
        }

        var nearest =
            Catalogue.Find([.. words.Take(2)]) is null && Catalogue.Group(first).Count == 0
                ? EditDistance.Nearest(first, root.Subcommands.Select(command => command.Name), 2)
                : null;
        if (nearest is not null)
        {
            Output.Error($"There is no command “{first}”. Did you mean “newsbot {nearest}”?");
            return CommandLineDoor.WrongUsage;
        }

        return await CatalogueVerb.RunAsync(settings, words, null, stop.Token);
    }

    private static RootCommand Root(string[] settings)
    {
        var root = new RootCommand(
            "NewsBot reads news sources, posts stories and digests into chats, and gathers the replies. Without a command it starts. "
                + "Everywhere: --data DIR for the folder of the database, --Section:Key=value for a setting."
        );
        var file = new Argument<string>("file") { Description = "The file." };
        var force = new Option<bool>("--force") { Description = "Overwrite a file that is there." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Make the change at once." };
        var channel = new Option<string?>("--channel") { Description = "The channel that is meant." };
        var maybe = new Argument<string?>("file")
        {
            Description = "The file; the terminal where none is given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var format = new Option<string?>("--format") { Description = "opml or json; else told by the file's name." };
        format.AcceptOnlyFromAmong("opml", "json");
        var address = new Argument<string>("url") { Description = "The address of a feed or of any page of a site." };

        AddForTheMachine(root, settings);
        Add(
            root,
            "poll",
            "Fetch an address once and show what would be taken in.",
            [address],
            (line, stop) => CatalogueVerb.RunAsync(settings, ["test", line.GetRequiredValue(address)], null, stop)
        );
        Add(
            root,
            "import",
            "Take in a list of feeds (OPML) or an exported configuration (JSON), from a file or an address.",
            [file, channel, yes],
            (line, stop) =>
                Transfer.ImportAsync(
                    settings,
                    line.GetRequiredValue(file),
                    line.GetValue(channel),
                    line.GetValue(yes),
                    stop
                )
        );
        Add(
            root,
            "export",
            "Write the sources as OPML, or the whole configuration as JSON.",
            [maybe, format, force],
            (line, stop) =>
                Transfer.ExportAsync(settings, line.GetValue(maybe), line.GetValue(format), line.GetValue(force), stop)
        );
        AddForTheDatabase(root, settings, file, force);
        root.Add(Lab.LabVerb.Make());
        return root;
    }

    private static void AddForTheMachine(RootCommand root, string[] settings)
    {
        Add(
            root,
            "doctor",
            "Check settings, database, clock, disk, network, tokens and permissions.",
            [],
            (_, stop) => Doctor.RunAsync(settings, stop)
        );
        Add(
            root,
            "health",
            "Ask the newsroom that runs with these settings whether it answers.",
            [],
            (_, stop) => Health.RunAsync(settings, stop)
        );
    }

    private static void AddForTheDatabase(
        RootCommand root,
        string[] settings,
        Argument<string> file,
        Option<bool> force
    )
    {
        var without = new Option<bool>("--without-erasures")
        {
            Description = "Also where the record of who erased their data since is missing.",
        };
        Add(
            root,
            "backup",
            "Copy the database into one file, also while NewsBot runs.",
            [file, force],
            (line, stop) => Backup.RunAsync(settings, line.GetRequiredValue(file), line.GetValue(force), stop)
        );
        Add(
            root,
            "restore",
            "Put a backup in the place of the database; the present one is moved aside.",
            [file, without],
            (line, stop) => Restore.RunAsync(settings, line.GetRequiredValue(file), line.GetValue(without), stop)
        );
        var from = Side("--from", "Which database to move from.");
        var to = Side("--to", "Which to move to: an empty one.");
        Add(
            root,
            "migrate",
            "Bring the database up to date with this version, as every start does; with --from and --to, move a newsroom from SQLite (in --data DIR) to PostgreSQL (of Storage:ConnectionString) or back.",
            [from, to],
            (line, stop) => Migrate.RunAsync(settings, line.GetValue(from), line.GetValue(to), stop)
        );
    }

    private static Option<string?> Side(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong("sqlite", "postgres");
        return option;
    }

    private static void Add(
        RootCommand root,
        string name,
        string description,
        IReadOnlyList<Symbol> symbols,
        Func<ParseResult, CancellationToken, Task<int>> run
    )
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Add(argument);
                    break;
                case Option option:
                    command.Add(option);
                    break;
            }
        }

        command.SetAction(run);
        root.Add(command);
    }
}
