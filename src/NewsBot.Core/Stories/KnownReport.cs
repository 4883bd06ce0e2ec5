using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>What is remembered of a report: some 700 bytes with its places in the index.</summary>
/// <param name="number">Counts up.</param>
/// <param name="at">When it came out, in milliseconds.</param>
/// <param name="names">Its headline, address and publisher.</param>
/// <param name="features">Its words.</param>
/// <param name="sameTitle">The number of the last report before it with the same headline; -1 for none.</param>
internal sealed class KnownReport(int number, long at, ReportNames names, ReportFeatures features, int sameTitle)
{
    public int Number => number;

    public long At => at;

    public ReportNames Names => names;

    public ReportFeatures Features => features;

    public int SameTitle => sameTitle;

    public required KnownStory Story { get; set; }
}

/// <summary>What names a report, shortened to what tells them apart.</summary>
/// <param name="Title">Of its headline as it is compared.</param>
/// <param name="Frame">Of its headline without its numbers.</param>
/// <param name="Url">Of its address; 0 where it has none of its own.</param>
/// <param name="Publisher">Of who reports.</param>
/// <param name="IsTelling">Whether the headline says enough to be recognised by.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReportNames(ulong Title, ulong Frame, ulong Url, ulong Publisher, bool IsTelling)
{
    private const int MinTitleWords = 4;

    public static ReportNames Of(ClusterItem item)
    {
        var title = TitleKey.Of(ReportWords.Headline(item.Title));
        return new ReportNames(
            Short(title),
            Short(string.Concat(title.Where(sign => !char.IsDigit(sign)))),
            item.Link is { } link && !CanonicalUrl.IsHomePage(link) ? Short(CanonicalUrl.Of(link)) : 0,
            Short(item.Publisher),
            WordTokens.Of(title).Take(MinTitleWords).Count() == MinTitleWords
        );
    }

    // Nobody can make two that meet, so that nobody can make strangers join.
    private static ulong Short(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash) | 1;
    }
}
