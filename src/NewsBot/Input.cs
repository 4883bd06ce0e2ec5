namespace NewsBot;

/// <summary>The one place that reads standard input.</summary>
internal static class Input
{
    private static readonly AsyncLocal<TextReader?> Captured = new();

    /// <summary>What is sent in, line by line, to its end.</summary>
    public static IEnumerable<string> Lines()
    {
        while (Current.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Gives this flow of control something else to read, for tests.</summary>
    public static void Capture(TextReader input) => Captured.Value = input;

#pragma warning disable RS0030 // Here is where the terminal is read.
    private static TextReader Current => Captured.Value ?? Console.In;
#pragma warning restore RS0030
}
