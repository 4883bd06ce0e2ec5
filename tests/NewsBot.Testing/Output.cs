namespace NewsBot.Testing;

/// <summary>The only place of this program that writes to the terminal.</summary>
internal static class Output
{
#pragma warning disable RS0030 // Somebody has to write to the terminal.
    /// <summary>Writes one line.</summary>
    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>Writes one line about something that went wrong.</summary>
    public static void Error(string text) => Console.Error.WriteLine(text);
#pragma warning restore RS0030
}
