using System.CommandLine;

namespace NewsBot.Cli.Lab;

/// <summary>
/// The laboratory: runs the code of the running bot on files and prints what came of it as JSON lines, so that anyone
/// can see what would become of a source, and measure it.
/// </summary>
internal static class LabVerb
{
    public static Command Make()
    {
        var lab = new Command(
            "lab",
            "Show as JSON lines what NewsBot makes of feeds, pages, headlines and articles in files."
        );
        var files = new Argument<string[]>("file")
        {
            Description = "The files; their names are read from standard input, one a line, where none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var url = new Option<string?>("--url") { Description = "Where the files came from, for relative addresses." };
        lab.Add(
            Verb(
                "feed",
                "Read feeds: format, title, link and entries.",
                [files],
                [url],
                (line, stop) =>
                    LabFiles.RunAsync(
                        line.GetValue(files),
                        line.GetValue(url),
                        (body, from, _) => Task.FromResult(LabFeed.Read(body, from)),
                        stop
                    )
            )
        );
        lab.Add(
            Verb(
                "extract",
                "Read pages: title, byline, date, language and text of the article.",
                [files],
                [url],
                (line, stop) => LabFiles.RunAsync(line.GetValue(files), line.GetValue(url), LabPage.ReadAsync, stop)
            )
        );
        lab.Add(
            Lines(
                "cluster",
                "Gather reports into stories: lines of {id, title, url?, publisher?, ts?, text?} on standard input, in order of time.",
                LabStories.Run
            )
        );
        lab.Add(
            Lines("neardup", "Find articles that copy an earlier one: the same lines as for cluster.", LabCopies.Run)
        );
        lab.Add(
            Lines("summarise", "Summarise articles: lines of {id, title, text} on standard input.", LabSummaries.Run)
        );
        return lab;
    }

    private static Command Lines(string name, string description, Func<CancellationToken, int> run) =>
        Verb(name, description, [], [], (_, stop) => Task.FromResult(run(stop)));

    private static Command Verb(
        string name,
        string description,
        IReadOnlyList<Argument> arguments,
        IReadOnlyList<Option> options,
        Func<ParseResult, CancellationToken, Task<int>> run
    )
    {
        var command = new Command(name, description);
        foreach (var argument in arguments)
        {
            command.Add(argument);
        }

        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction(run);
        return command;
    }
}
