namespace NewsBot.Core.Stories;

/// <summary>The words of a known report as numbers, four bytes each.</summary>
internal sealed class ReportFeatures
{
    // More often than that a word says nothing more.
    private const int MaxTimes = 15;
    private const int TimesBits = 4;

    private readonly uint[] _packed;
    private readonly int _titleEnd;
    private readonly int _piecesEnd;

    internal ReportFeatures(ReportBag bag, Func<string, int> number)
    {
        Language = bag.Language;
        _titleEnd = bag.Title.Count;
        _piecesEnd = _titleEnd + bag.Pieces.Count;
        _packed = new uint[_piecesEnd + bag.Lead.Count];
        var at = 0;
        foreach (var (word, times) in bag.Title.Concat(bag.Pieces).Concat(bag.Lead))
        {
            _packed[at++] = ((uint)number(word) << TimesBits) | (uint)Math.Min(times, MaxTimes);
        }
    }

    /// <summary>Two letters; null where it cannot be told.</summary>
    internal string? Language { get; }

    internal ReadOnlySpan<uint> All => _packed;
    internal ReadOnlySpan<uint> Title => _packed.AsSpan(0, _titleEnd);
    internal ReadOnlySpan<uint> Pieces => _packed.AsSpan(_titleEnd, _piecesEnd - _titleEnd);
    internal ReadOnlySpan<uint> Lead => _packed.AsSpan(_piecesEnd);

    internal static int Word(uint feature) => (int)(feature >> TimesBits);

    internal static int Times(uint feature) => (int)feature & MaxTimes;
}
