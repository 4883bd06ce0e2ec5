namespace NewsBot.Fuzzing;

/// <summary>One reader of what comes from outside, and what has to be true of whatever it reads.</summary>
/// <param name="Name">How it is asked for; also the folder of its corpus.</param>
/// <param name="Run">Takes any bytes. Whatever it throws is a finding.</param>
internal sealed record FuzzTarget(string Name, Action<ReadOnlyMemory<byte>> Run)
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("feed", Documents.Feed),
        new("page", Documents.Page),
        new("opml", Documents.Opml),
        new("markdown", Texts.Markdown),
        new("discord-text", Texts.Discord),
        new("slack-text", Texts.Slack),
        new("filter", Grammars.Filter),
        new("schedule", Grammars.Schedule),
        new("command", Grammars.Command),
        new("template", Grammars.Template),
        new("gateway", Payloads.Gateway),
        new("slack-payload", Payloads.Slack),
    ];

    /// <returns>Null for a name that no target has.</returns>
    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
