using CsCheck;
using NewsBot.Core.Sources;

namespace NewsBot.Core.Tests.Sources;

/// <summary>A list that was written is read as it was, whatever its texts are.</summary>
public sealed class OpmlRoundTripTests
{
    private static readonly string[] Pieces =
    [
        "Tides",
        "<b>",
        "&amp;",
        "\"",
        "'",
        "/",
        ",",
        "\t",
        "\n",
        "\0",
        "\u0001",
        "\ud83d",
        "\ufffe",
        "\u202e",
        "]]>",
        "šíp",
        "日本",
        "  ",
        ".",
    ];

    private static Gen<string> Text { get; } =
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(place => Pieces[place]), Gen.String[0, 20])
            .Array[0, 8]
            .Select(parts => string.Concat(parts));

    private static Gen<OpmlSource> Source { get; } =
        Gen.Select(Text, Text, Text, Gen.Int[0, 1_000_000], Gen.Bool)
            .Select(
                (title, category, items, number, isPage) =>
                    new OpmlSource(
                        title,
                        new Uri($"https://outlet.example/{number}?a=b&c=<d>"),
                        number % 2 == 0 ? new Uri("http://site.example/ä") : null,
                        category
                    )
                    {
                        Items = isPage ? items : null,
                    }
            );

    [Fact]
    public void What_was_read_is_written_and_read_again_without_a_difference() =>
        Source
            .Array[1, 12]
            .Sample(
                sources =>
                {
                    var once = Opml.Read(Opml.Write("All", sources.DistinctBy(source => source.Url)));
                    var twice = Opml.Read(Opml.Write("All", once.Sources));

                    Assert.Empty(once.Problems);
                    Assert.Equal(
                        sources.Select(source => source.Url.AbsoluteUri).Distinct().Order(StringComparer.Ordinal),
                        once.Sources.Select(source => source.Url.AbsoluteUri).Order(StringComparer.Ordinal)
                    );
                    Assert.Equal(once.Sources, twice.Sources);
                },
                iter: 3_000
            );
}
