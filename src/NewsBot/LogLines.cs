using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Console;

namespace NewsBot;

/// <summary>
/// The log on the console, in which no foreign word begins a line of its own, colours the terminal or turns what stands
/// beside it: names of hosts, words of platforms and messages of exceptions may hold whatever somebody sent.
/// </summary>
[ProviderAlias("Console")]
internal sealed partial class LogLines(ConsoleLoggerProvider console) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>Puts it in the place of the usual one.</summary>
    public static void Use(IServiceCollection services)
    {
        var usual = services.FirstOrDefault(service => service.ImplementationType == typeof(ConsoleLoggerProvider));
        if (usual is null)
        {
            return;
        }

        services.Remove(usual);
        services.AddSingleton<ConsoleLoggerProvider>();
        services.AddSingleton<ILoggerProvider, LogLines>();
        // The builder chooses the plain lines after it has read what the settings say.
        services
            .AddOptions<ConsoleLoggerOptions>()
            .PostConfigure<IConfiguration>(
                (options, settings) =>
                    options.FormatterName = settings["Logging:Console:FormatterName"] ?? options.FormatterName
            );
    }

    /// <summary>One line of what somebody may have had a hand in.</summary>
    public static string Clean(string text) => Acting().Replace(Ends().Replace(text, " ↵ "), "");

    public ILogger CreateLogger(string categoryName) => new Cleaning(console.CreateLogger(categoryName));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => console.SetScopeProvider(scopeProvider);

    // The console's own provider is the container's to dispose of.
    public void Dispose() { }

    [GeneratedRegex(@"\r\n|[\r\n\u0085\u2028\u2029]", RegexOptions.None, 1_000)]
    private static partial Regex Ends();

    // Control characters but for the tab, and what turns the direction of reading.
    [GeneratedRegex(
        @"[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]",
        RegexOptions.None,
        1_000
    )]
    private static partial Regex Acting();

    private sealed class Cleaning(ILogger console) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => console.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => console.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var line = formatter(state, exception);
            var clean = Clean(line);
            var trace = exception?.ToString();
            // The lines of a trace are ours; each is set in from the edge when it is written.
            var cleanTrace = trace is null ? null : Acting().Replace(trace.ReplaceLineEndings("\n"), "");
            if (clean == line && cleanTrace == trace)
            {
                console.Log(logLevel, eventId, state, exception, formatter);
                return;
            }

            console.Log(
                logLevel,
                eventId,
                cleanTrace is null ? clean : $"{clean}\n{cleanTrace}",
                null,
                static (text, _) => text
            );
        }
    }
}
