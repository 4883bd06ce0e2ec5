using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace NewsBot.Tests.Host;

/// <summary>What somebody sends does not write our log.</summary>
public sealed class LogLinesTests
{
    [Theory]
    [InlineData("a.example\nfail: NewsBot[0]\n      All is lost", "a.example ↵ fail: NewsBot[0] ↵       All is lost")]
    [InlineData("a\r\nb\rc\u2028d\u0085e", "a ↵ b ↵ c ↵ d ↵ e")]
    [InlineData("\u001b[31mred\u001b[0m \u009b2J \u0007", "[31mred[0m 2J ")]
    [InlineData("\u202eelpmaxe.live\u202c", "elpmaxe.live")]
    [InlineData("Zürich\t日本 שלום", "Zürich\t日本 שלום")]
    public void One_entry_is_one_line_that_only_says_something(string text, string line) =>
        Assert.Equal(line, LogLines.Clean(text));

    [Fact]
    public async Task The_console_of_the_program_writes_its_lines_so()
    {
        await using var app = NewsBotHost.Build(["--data", Path.GetTempPath()]);

        Assert.Single(app.Services.GetServices<ILoggerProvider>(), provider => provider is LogLines);
        Assert.DoesNotContain(
            app.Services.GetServices<ILoggerProvider>(),
            provider => provider is ConsoleLoggerProvider
        );
    }

    [Fact]
    public void An_exception_that_carries_foreign_words_is_written_without_what_acts()
    {
        using var console = new ConsoleLoggerProvider(
            new Set(new ConsoleLoggerOptions { FormatterName = "spy" }),
            [new Spy()]
        );
        using var lines = new LogLines(console);

        lines
            .CreateLogger("a")
            .Log(
                LogLevel.Error,
                new EventId(),
                "host\nwarn: forged",
                new InvalidOperationException("\u001b[31mred\r\nwarn: forged"),
                (text, _) => text
            );

        Assert.StartsWith("host ↵ warn: forged\n", Spy.Last);
        Assert.DoesNotContain('\u001b', Spy.Last);
        Assert.DoesNotContain('\r', Spy.Last);
    }

    private sealed class Spy() : ConsoleFormatter("spy")
    {
        public static string Last { get; private set; } = "";

        public override void Write<TState>(
            in LogEntry<TState> logEntry,
            IExternalScopeProvider? scopeProvider,
            TextWriter textWriter
        )
        {
            Last = logEntry.Formatter(logEntry.State, logEntry.Exception);
        }
    }

    private sealed class Set(ConsoleLoggerOptions options) : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue => options;

        public ConsoleLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
