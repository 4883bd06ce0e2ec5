namespace NewsBot.Benchmarks;

/// <summary>Near-duplicates as textbooks find them: 128 smallest hashes of all three-word phrases, 32 bands of four.</summary>
internal sealed class PlainMinHash
{
    private const int Hashes = 128;
    private const int Rows = 4;
    private const double Same = 0.5;

    private readonly List<uint[]> _signatures = [];
    private readonly Dictionary<(int Band, long Key), List<int>> _bands = [];
    private readonly (uint Times, uint Plus)[] _functions = Functions();

    /// <returns>The number of the text it copies; null for none.</returns>
    public int? Take(string text)
    {
        var signature = Sign(text);
        int? copied = null;
        for (var band = 0; band < Hashes / Rows; band++)
        {
            var key = HashCode.Combine(
                signature[band * Rows],
                signature[(band * Rows) + 1],
                signature[(band * Rows) + 2],
                signature[(band * Rows) + 3]
            );
            if (!_bands.TryGetValue((band, key), out var there))
            {
                _bands[(band, key)] = there = [];
            }

            foreach (var other in there)
            {
                copied ??= Likeness(signature, _signatures[other]) >= Same ? other : null;
            }

            there.Add(_signatures.Count);
        }

        _signatures.Add(signature);
        return copied;
    }

    private uint[] Sign(string text)
    {
        var words = text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var signature = new uint[Hashes];
        Array.Fill(signature, uint.MaxValue);
        for (var i = 0; i + 2 < words.Length; i++)
        {
            var hash = (uint)string.GetHashCode($"{words[i]} {words[i + 1]} {words[i + 2]}", StringComparison.Ordinal);
            for (var function = 0; function < Hashes; function++)
            {
                var (times, plus) = _functions[function];
                signature[function] = Math.Min(signature[function], (hash * times) + plus);
            }
        }

        return signature;
    }

    private static double Likeness(uint[] one, uint[] other) =>
        one.Zip(other).Count(pair => pair.First == pair.Second) / (double)Hashes;

    private static (uint, uint)[] Functions()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Hashes).Select(_ => ((uint)random.NextInt64() | 1, (uint)random.NextInt64()))];
    }
}
