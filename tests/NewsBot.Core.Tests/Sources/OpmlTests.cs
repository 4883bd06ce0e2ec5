using System.Globalization;
using System.Text;
using System.Xml.Linq;
using NewsBot.Core.Sources;

namespace NewsBot.Core.Tests.Sources;

/// <summary>What an import can rely on when people send lists from other readers.</summary>
public sealed class OpmlTests
{
    [Fact]
    public void Nested_folders_become_the_category()
    {
        var document = Read(
            """
            <?xml version="1.0"?>
            <opml version="2.0"><head><title>Mine</title></head><body>
              <outline text="Science">
                <outline text="Space"><outline type="rss" text="Comets" title="Comets &amp; more" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline>
                <outline type="rss" text="Cells" xmlUrl="https://b.example/rss"></outline>
              </outline>
              <outline type="rss" text="Alone" xmlUrl="http://c.example/"/>
            </body></opml>
            """
        );

        Assert.Equal(
            [
                new OpmlSource(
                    "Comets & more",
                    new("https://a.example/feed"),
                    new("https://a.example/"),
                    "Science/Space"
                ),
                new OpmlSource("Cells", new("https://b.example/rss"), null, "Science"),
                new OpmlSource("Alone", new("http://c.example/"), null, null),
            ],
            document.Sources
        );
        Assert.Empty(document.Problems);
    }

    [Fact]
    public void Of_ten_thousand_lines_half_of_them_broken_every_good_one_is_read_and_every_broken_one_named()
    {
        string[] broken =
        [
            """<outline text="No address"/>""",
            """<outline text="Not an address" xmlUrl="see website"/>""",
            """<outline text="Wrong scheme" xmlUrl="ftp://files.example/feed"/>""",
            """<outline text="Open quote" xmlUrl="https://open.example/feed""",
            """outline text="No bracket" type="rss" """,
            """<outline text="Lost quote xmlUrl="https://lost.example/feed"/>""",
        ];
        var lines = Enumerable
            .Range(1, 10_000)
            .Select(n => n % 2 == 0 ? Outline(n) : broken[n / 2 % broken.Length])
            .ToList();

        var document = Read($"<opml><body>\n{string.Join('\n', lines)}\n</body></opml>");

        Assert.Equal(5_000, document.Sources.Count);
        Assert.Equal(5_000, document.Problems.Count);
        Assert.Equal(new Uri("https://site-10000.example/feed"), document.Sources[^1].Url);
        Assert.StartsWith("Line 2: ", document.Problems[0], StringComparison.Ordinal);
        Assert.StartsWith("Line 10000: ", document.Problems[^1], StringComparison.Ordinal);
        Assert.All(document.Sources, source => Assert.Null(source.Category));
    }

    [Theory]
    [InlineData("<outline text='A' xmlUrl='https://a.example/f'")]
    [InlineData("<outline text='A' xmlUrl='https://a.example/f' htmlUrl='https://a.exa")]
    [InlineData("<outline text=\"A\" \"b\" xmlUrl=\"https://a.example/f\"/>")]
    public void A_damaged_outline_whose_address_is_whole_is_taken_and_named(string line)
    {
        var document = Read($"<opml><body>\n{line}\n{Outline(2)}</body></opml>");

        Assert.Equal(["A", "Site 2"], document.Sources.Select(source => source.Title));
        Assert.StartsWith("Line 2: ", Assert.Single(document.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<OUTLINE TEXT='A' XMLURL='https://a.example/f?x=1&y=2'/>", "https://a.example/f?x=1&y=2")]
    [InlineData("<outline text='1 < 2 > 0' xmlUrl='https://a.example/f'/>", "https://a.example/f")]
    [InlineData("<outline xmlUrl=https://a.example/f />", "https://a.example/f")]
    [InlineData("<outline xmlUrl='feed://a.example/f'/>", "http://a.example/f")]
    [InlineData("<outline xmlUrl='feed:https://a.example/f'/>", "https://a.example/f")]
    public void Careless_but_clear_lines_are_read_without_a_word(string line, string url)
    {
        var document = Read($"<opml><body>{line}</body></opml>");

        Assert.Equal(new Uri(url), Assert.Single(document.Sources).Url);
        Assert.Empty(document.Problems);
    }

    [Fact]
    public void An_address_that_stands_twice_is_read_once()
    {
        var document = Read($"<opml><body>\n{Outline(1)}\n{Outline(1)}\n</body></opml>");

        Assert.Single(document.Sources);
        Assert.Equal("Line 3: https://site-1.example/feed stands in line 2 already.", Assert.Single(document.Problems));
    }

    [Fact]
    public void A_line_that_only_knows_its_site_says_what_to_do()
    {
        var document = Read("<opml><body><outline type='rss' text='A' htmlUrl='https://a.example/'/></body></opml>");

        Assert.Contains("add the site https://a.example/", Assert.Single(document.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!doctype html><html><body><p>Hello</p></body></html>")]
    [InlineData("{\"version\": 1}")]
    public void Something_else_is_called_so(string text)
    {
        var document = Read(text);

        Assert.Empty(document.Sources);
        Assert.StartsWith("This is not an OPML list", Assert.Single(document.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_type_is_skipped_and_its_entities_stay_unknown()
    {
        var document = Read(
            """
            <!DOCTYPE opml [ <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;"> <!ENTITY f SYSTEM "file:///etc/passwd"> ]>
            <opml><body><outline text="&b; &f;" xmlUrl="https://a.example/f"/></body></opml>
            """
        );

        Assert.Equal("&b; &f;", Assert.Single(document.Sources).Title);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("windows-1252")]
    [InlineData("iso-8859-2")]
    public void Declared_encodings_are_followed(string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var text =
            $"""<?xml version="1.0" encoding="{name}"?><opml><body><outline text="Äpfel für Zoë" xmlUrl="https://a.example/f"/></body></opml>""";
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

        var document = Opml.Read(bytes);

        Assert.Equal("Äpfel für Zoë", Assert.Single(document.Sources).Title);
    }

    [Fact]
    public void Folders_nested_without_end_cost_nothing()
    {
        var deep = string.Concat(Enumerable.Repeat("<outline text='f'>", 50_000));

        var document = Read($"<opml><body>{deep}{Outline(1)}");

        Assert.Equal(32, Assert.Single(document.Sources).Category!.Split('/').Length);
    }

    [Fact]
    public void No_cut_or_broken_text_makes_the_reader_throw()
    {
        var whole = Encoding.UTF8.GetBytes(
            $"<?xml version='1.0'?><!DOCTYPE x [ ]><opml><!-- c --><body><![CDATA[x]]>{Outline(1)}<outline a='</body></opml>"
        );

        for (var length = 0; length <= whole.Length; length++)
        {
            Assert.NotNull(Opml.Read(whole.AsMemory(0, length)));
            Assert.NotNull(Opml.Read(whole.AsMemory(length)));
        }
    }

    [Fact]
    public void A_list_that_is_too_large_is_refused_in_words()
    {
        var document = Opml.Read(new byte[Opml.MaxBytes + 1]);

        Assert.Equal("The list is larger than 16 MB and was not read.", Assert.Single(document.Problems));
    }

    [Fact]
    public void What_is_written_is_valid_and_reads_back_the_same()
    {
        List<OpmlSource> sources =
        [
            new("Top", new("https://top.example/"), null, null),
            new("Quotes \" & <tags>", new("https://a.example/f?x=1&y=2"), new("https://a.example/"), "Science/Space"),
            new("日本語", new("https://b.example/f"), null, "Science"),
            new("Last", new("https://c.example/f"), null, "World"),
        ];

        var bytes = Opml.Write("My\u0000 list", sources);

        var body = XDocument.Parse(Encoding.UTF8.GetString(bytes.Span)).Root!.Element("body")!;
        Assert.Equal(3, body.Elements("outline").Count());
        var document = Opml.Read(bytes);
        Assert.Equal(sources.OrderBy(source => source.Title), document.Sources.OrderBy(source => source.Title));
        Assert.Empty(document.Problems);
    }

    [Fact]
    public void Lone_surrogates_and_control_characters_never_break_the_export()
    {
        var bytes = Opml.Write("\ud800", [new("a\ud800\u0001\ufffeb", new("https://a.example/"), null, "x\u0002/y")]);

        Assert.Equal("x/y", Assert.Single(Opml.Read(bytes).Sources).Category);
    }

    private static OpmlDocument Read(string text) => Opml.Read(Encoding.UTF8.GetBytes(text));

    private static string Outline(int n) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""<outline type="rss" text="Site {n}" xmlUrl="https://site-{n}.example/feed"/>"""
        );

    [Fact]
    public void An_address_that_is_too_long_once_its_letters_are_encoded_is_left_out_and_said()
    {
        var address = "https://outlet.example/" + new string('é', 400);

        var list = Opml.Read(Encoding.UTF8.GetBytes($"<opml><body><outline xmlUrl=\"{address}\"/></body></opml>"));

        Assert.Empty(list.Sources);
        Assert.Contains("of at most 2048 characters", Assert.Single(list.Problems), StringComparison.Ordinal);
    }
}
