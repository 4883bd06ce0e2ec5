using System.Text;

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

    /// <summary>What is sent in, as bytes of UTF-8.</summary>
    public static Stream Bytes() =>
        Captured.Value is { } captured ? new MemoryStream(Encoding.UTF8.GetBytes(captured.ReadToEnd())) : Terminal;

    /// <summary>Gives this flow of control something else to read, for tests.</summary>
    public static void Capture(TextReader input) => Captured.Value = input;

#pragma warning disable RS0030 // Here is where the terminal is read.
    private static TextReader Current => Captured.Value ?? Console.In;

    private static Stream Terminal => Console.OpenStandardInput();
#pragma warning restore RS0030
}
