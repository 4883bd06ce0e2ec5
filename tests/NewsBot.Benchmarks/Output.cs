namespace NewsBot.Benchmarks;

/// <summary>The one place that writes to the terminal.</summary>
internal static class Output
{
#pragma warning disable RS0030 // Here is where the terminal is written to.
    public static void Line(string text) => Console.Out.WriteLine(text);

    public static void Error(string text) => Console.Error.WriteLine(text);
#pragma warning restore RS0030
}
