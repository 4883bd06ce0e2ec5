using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsBot.Testing.Simulation;

/// <summary>What happened, line by line, and a fingerprint of it.</summary>
/// <param name="clock">Says when.</param>
internal sealed class Trace(SimulatedClock clock) : IDisposable
{
    // The end of a course of events explains a failure; all of it would fill a screen many times.
    private const int Kept = 400;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<string> _lines = [];

    /// <summary>Lines so far.</summary>
    public int Count { get; private set; }

    /// <summary>The last lines.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>All lines, where they are kept.</summary>
    public List<string>? All { get; set; }

    /// <summary>The fingerprint of everything so far.</summary>
    public string Fingerprint => Convert.ToHexStringLower(_hash.GetCurrentHash())[..16];

    public void Add(string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():dd HH:mm:ss.fff} {what}");
        _hash.AppendData(Encoding.UTF8.GetBytes(line));
        Count++;
        All?.Add(line);
        _lines.Enqueue(line);
        if (_lines.Count > Kept)
        {
            _lines.Dequeue();
        }
    }

    public void Dispose() => _hash.Dispose();
}
