using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NewsBot.Testing;

/// <summary>Keeps what a program logs, for looking what it says.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    // A test that logs more than this is broken; what comes after is left out.
    private const int MostLines = 100_000;

    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Level, category, words and exception of each entry, oldest first.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose() { }

    private void Add(string line)
    {
        if (_lines.Count < MostLines)
        {
            _lines.Enqueue(line);
        }
    }

    private sealed class Writer(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => log.Add($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
