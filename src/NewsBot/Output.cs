using Spectre.Console;

namespace NewsBot;

/// <summary>The one place that writes to the terminal.</summary>
internal static class Output
{
    private static readonly AsyncLocal<Streams?> Captured = new();

    public static void Line(string text) => Current.Out.WriteLine(text);

    public static void Error(string text) => Current.Error.WriteLine(text);

    /// <summary>Writes bytes that another program reads, without a line break behind them.</summary>
    public static void Raw(string text) => Current.Out.Write(text);

    /// <summary>Shows that something is going on, where a person is watching; elsewhere writes nothing.</summary>
    /// <param name="what">What is going on, such as "Reading the feed …".</param>
    /// <param name="work">The work; it may say how far it is.</param>
    public static async Task<T> WhileAsync<T>(string what, Func<Action<string>, Task<T>> work)
    {
        if (Captured.Value is not null || !IsWatched)
        {
            return await work(_ => { });
        }

        // On the error stream, so that a redirected answer stays clean.
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Current.Error) });
        return await terminal
            .Status()
            .StartAsync(Markup.Escape(what), status => work(text => status.Status(Markup.Escape(text))));
    }

    /// <summary>Sends what this flow of control writes elsewhere, for tests.</summary>
    public static void Capture(TextWriter output, TextWriter error) => Captured.Value = new Streams(output, error);

    private static Streams Current => Captured.Value ?? Terminal;

#pragma warning disable RS0030 // Here is where the terminal is written to.
    private static Streams Terminal => new(Console.Out, Console.Error);

    private static bool IsWatched => !Console.IsErrorRedirected;
#pragma warning restore RS0030

    private sealed record Streams(TextWriter Out, TextWriter Error);
}
