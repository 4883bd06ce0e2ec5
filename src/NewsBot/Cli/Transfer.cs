using NewsBot.Core.Commands;
using NewsBot.Core.Sources;

namespace NewsBot.Cli;

/// <summary>Files in and out: import, export.</summary>
internal static class Transfer
{
    public static async Task<int> ImportAsync(
        string[] settings,
        string place,
        string? channel,
        bool isConfirmed,
        CancellationToken cancellationToken
    )
    {
        List<string> words = ["import"];
        if (channel is not null)
        {
            words.AddRange(["--channel", channel]);
        }

        if (isConfirmed)
        {
            words.Add("--yes");
        }

        if (place.Contains("://", StringComparison.Ordinal))
        {
            return await CatalogueVerb.RunAsync(settings, [.. words, place], null, cancellationToken);
        }

        var file = new FileInfo(place);
        if (!file.Exists)
        {
            Output.Error($"There is no file {file.FullName}.");
            return CommandLineDoor.Failed;
        }

        if (file.Length > Opml.MaxBytes)
        {
            Output.Error($"{file.FullName} is larger than {Opml.MaxBytes / 1_048_576} MB, which no list of feeds is.");
            return CommandLineDoor.Failed;
        }

        var bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        return await OneShot.RunAsync(
            settings,
            async services =>
            {
                var reply = await CatalogueVerb.AskAsync(services, words, bytes, cancellationToken);
                // A code would lose the file, so the line itself is to be run again.
                CatalogueVerb.Print(
                    reply.ConfirmCode is null
                        ? reply
                        : reply with
                        {
                            Markdown =
                                reply.Markdown[..reply.Markdown.LastIndexOf("\n\n", StringComparison.Ordinal)]
                                + "\n\nNothing is changed yet. Run it again with --yes to make the change.",
                        }
                );
                return CatalogueVerb.ExitCode(reply);
            },
            cancellationToken
        );
    }

    public static Task<int> ExportAsync(
        string[] settings,
        string? place,
        string? format,
        bool mayOverwrite,
        CancellationToken cancellationToken
    ) =>
        OneShot.RunAsync(
            settings,
            async services =>
            {
                var isJson = (format ?? Path.GetExtension(place ?? "").TrimStart('.')).Equals(
                    "json",
                    StringComparison.OrdinalIgnoreCase
                );
                var reply = await CatalogueVerb.AskAsync(
                    services,
                    ["export", isJson ? "json" : "opml"],
                    null,
                    cancellationToken
                );
                if (reply.File is not { } file)
                {
                    CatalogueVerb.Print(reply);
                    return CatalogueVerb.ExitCode(reply);
                }

                return place is null ? Show(file) : await SaveAsync(file, place, mayOverwrite, cancellationToken);
            },
            cancellationToken
        );

    private static int Show(CommandFile file)
    {
        Output.Line(System.Text.Encoding.UTF8.GetString(file.Bytes.Span));
        return CommandLineDoor.Done;
    }

    private static async Task<int> SaveAsync(
        CommandFile file,
        string place,
        bool mayOverwrite,
        CancellationToken cancellationToken
    )
    {
        var full = Path.GetFullPath(place);
        if (File.Exists(full) && !mayOverwrite)
        {
            Output.Error($"{full} is there already. Use --force to overwrite it.");
            return CommandLineDoor.Failed;
        }

        await File.WriteAllBytesAsync(full, file.Bytes, cancellationToken);
        Output.Line($"Wrote {full}.");
        return CommandLineDoor.Done;
    }
}
