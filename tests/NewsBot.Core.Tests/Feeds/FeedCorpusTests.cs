using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>Whole documents with the untidiness of real outlets.</summary>
public sealed class FeedCorpusTests
{
    [Fact]
    public void A_weblog_with_bare_ampersands_and_undeclared_entities_is_read_whole()
    {
        var feed = FeedFile.Parse("harbour-gazette.rss");

        Assert.Equal(FeedFormat.Rss, feed.Format);
        Assert.True(feed.Repaired);
        Assert.Equal("The Harbour Gazette", feed.Title);
        Assert.Equal("https://gazette.example/", feed.Link?.AbsoluteUri);
        Assert.Equal("https://gazette.example/feed/", feed.Self?.AbsoluteUri);
        Assert.Equal("en-GB", feed.Language);
        Assert.Equal(TimeSpan.FromMinutes(30), feed.TimeToLive);
        Assert.Equal(2, feed.Entries.Count);

        var ferry = feed.Entries[0];
        Assert.Equal("Ferry ‘Petrel’ back after 40 days & one storm", ferry.Title);
        Assert.Equal("https://gazette.example/?p=4711", ferry.Id);
        Assert.Equal(
            "https://gazette.example/2025/09/petrel-back/?utm_source=rss&utm_medium=feed",
            ferry.Link?.AbsoluteUri
        );
        Assert.Equal(new DateTimeOffset(2025, 9, 2, 16, 5, 0, TimeSpan.Zero), ferry.PublishedAt);
        Assert.Equal(["Ines Calder"], ferry.Authors);
        Assert.Equal(["Harbour & Ferries", "News"], ferry.Categories);

        var tides = feed.Entries[1];
        Assert.Equal("Tide tables: why spring tides come in autumn, too", tides.Title);
        Assert.Equal("https://gazette.example/2025/09/spring-tides/", tides.Link?.AbsoluteUri);
        Assert.Equal(["The Night Desk"], tides.Authors);
        Assert.Equal(new DateTimeOffset(2025, 8, 29, 12, 5, 0, TimeSpan.Zero), tides.PublishedAt);
        Assert.Equal("Sun &amp; moon pull together twice a month; 3 &lt; 4 metres is the usual range.", tides.Summary);
    }

    [Fact]
    public void Html_parts_come_out_harmless_with_absolute_addresses()
    {
        var ferry = FeedFile.Parse("harbour-gazette.rss").Entries[0];

        Assert.Equal(
            "<p>The ferry is back. <a href=\"https://gazette.example/2025/09/petrel-back/\">Read on</a></p>",
            ferry.Summary?.Trim()
        );
        Assert.Contains(
            "<img src=\"https://gazette.example/img/petrel.jpg\" alt=\"The Petrel\">",
            ferry.Content,
            StringComparison.Ordinal
        );
        Assert.Contains("<a>here</a>", ferry.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("style", ferry.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", ferry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Atom_resolves_nested_bases_and_keeps_languages_authors_and_sources_apart()
    {
        var feed = FeedFile.Parse("night-desk.atom");

        Assert.Equal(FeedFormat.Atom, feed.Format);
        Assert.False(feed.Repaired);
        Assert.Equal("Night Desk", feed.Title);
        Assert.Equal("https://desk.example/blog/", feed.Link?.AbsoluteUri);
        Assert.Equal("https://desk.example/blog/atom.xml", feed.Self?.AbsoluteUri);

        var harbour = feed.Entries[0];
        Assert.Equal("Der lange Weg zum Hafen", harbour.Title);
        Assert.Equal("https://desk.example/blog/2025/september/hafen.html", harbour.Link?.AbsoluteUri);
        Assert.Equal("https://desk.example/blog/2025/september/hafen.webp", harbour.Image?.AbsoluteUri);
        Assert.Equal("de-AT", harbour.Language);
        Assert.Equal(["The Desk"], harbour.Authors);
        Assert.Equal(["Hafen"], harbour.Categories);
        Assert.Equal("Ein Zaun &lt; 3 m reicht nicht.", harbour.Summary);
        Assert.Contains(
            "src=\"https://desk.example/blog/2025/september/media/kran.jpg\"",
            harbour.Content,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "href=\"https://desk.example/blog/2025/september/karte.html\"",
            harbour.Content,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("svg", harbour.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", harbour.Content, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2025, 9, 2, 20, 15, 0, 500, TimeSpan.Zero), harbour.PublishedAt);

        var quoted = feed.Entries[1];
        Assert.Equal("tag:desk.example,2025:quoted", quoted.Id);
        Assert.Equal(["Guest Writer"], quoted.Authors);
        Assert.Equal("en", quoted.Language);
        Assert.Equal("<p>One</p><p>Two</p>", quoted.Content);
    }

    [Fact]
    public void Atom_before_the_standard_tells_its_texts_by_mode()
    {
        var feed = FeedFile.Parse("tram-lines.atom");

        var entry = Assert.Single(feed.Entries);
        Assert.Equal("Tram & Lines", feed.Title);
        Assert.Equal("Line 1", entry.Title);
        Assert.Equal("<p>Line <b>1</b> runs.</p>", entry.Content);
        Assert.Equal(new DateTimeOffset(2004, 7, 13, 14, 15, 0, TimeSpan.Zero), entry.PublishedAt);
        Assert.Equal(new DateTimeOffset(2004, 7, 13, 16, 0, 0, TimeSpan.Zero), entry.UpdatedAt);
    }

    [Fact]
    public void Rdf_in_latin_1_with_windows_quotes_is_read()
    {
        var feed = FeedFile.Parse("old-river.rdf");

        var entry = Assert.Single(feed.Entries);
        Assert.Equal(FeedFormat.Rdf, feed.Format);
        Assert.Equal("Alter Fluß – Meldungen", feed.Title);
        Assert.Equal("http://fluss.example/", feed.Link?.AbsoluteUri);
        Assert.Equal("http://fluss.example/1", entry.Id);
        Assert.Equal(["Jörg Uhl"], entry.Authors);
        Assert.Equal(new DateTimeOffset(2025, 9, 2, 4, 0, 0, TimeSpan.Zero), entry.PublishedAt);
        Assert.Equal(["Verkehr"], entry.Categories);
        Assert.Equal("de", entry.Language);
    }

    [Fact]
    public void A_feed_that_lies_about_its_encoding_is_read_by_its_bytes()
    {
        var feed = FeedFile.Parse("kanal-liar.rss");

        var entry = Assert.Single(feed.Entries);
        Assert.Equal("Канал", feed.Title);
        Assert.Equal("Мост через реку открыли раньше срока", entry.Title);
        Assert.Equal(new DateTimeOffset(2025, 9, 2, 9, 0, 0, TimeSpan.Zero), entry.PublishedAt);
    }

    [Fact]
    public void Json_feed_with_comments_and_trailing_commas_is_read()
    {
        var feed = FeedFile.Parse("field-notes.json");

        Assert.Equal(FeedFormat.Json, feed.Format);
        Assert.Equal("Field & Notes", feed.Title);
        Assert.Equal("https://notes.example/feed.json", feed.Self?.AbsoluteUri);

        var hedges = feed.Entries[0];
        Assert.Equal("42", hedges.Id);
        Assert.Equal("https://notes.example/2025/hedges", hedges.Link?.AbsoluteUri);
        Assert.Equal("<p>Hedges are <a href=\"https://notes.example/more\">old</a>.</p>", hedges.Content);
        Assert.Equal("https://notes.example/img/hedge.jpg", hedges.Image?.AbsoluteUri);
        Assert.Equal(["Robin Field"], hedges.Authors);
        Assert.Equal(["Land", "Hedges"], hedges.Categories);

        var note = feed.Entries[1];
        Assert.Equal("https://notes.example/2025/short", note.Link?.AbsoluteUri);
        Assert.Equal(["Kim Stone"], note.Authors);
        Assert.Equal("A short note: 3 &lt; 4 &amp; nothing more.", note.Content);
    }

    [Fact]
    public void Podcasts_and_pictures_give_image_author_summary_and_the_true_link()
    {
        var feed = FeedFile.Parse("radio-hour.rss");

        var episode = feed.Entries[0];
        Assert.Equal("Episode 7", episode.Title);
        Assert.Equal(["Mara Quill"], episode.Authors);
        Assert.Equal("We climb the lighthouse.", episode.Summary);
        Assert.Equal("https://radio.example/7.jpg", episode.Image?.AbsoluteUri);
        Assert.Equal("https://cdn.radio.example/7.mp3", episode.Link?.AbsoluteUri);
        Assert.Equal(new DateTimeOffset(2025, 9, 1, 4, 0, 0, TimeSpan.Zero), episode.PublishedAt);

        var picture = feed.Entries[1];
        Assert.Equal("Picture of the week", picture.Title);
        Assert.Equal("https://radio.example/picture?a=1&b=2", picture.Link?.AbsoluteUri);
        Assert.Equal("https://radio.example/big.jpg", picture.Image?.AbsoluteUri);
        Assert.Equal("A heron on the mast.", picture.Summary);
        Assert.Equal(["heron", "harbour"], picture.Categories);
    }

    [Fact]
    public void Of_a_thoroughly_broken_document_everything_readable_is_read_and_the_cut_off_entry_is_left_out()
    {
        var feed = FeedFile.Parse("broken-market.rss");

        Assert.True(feed.Repaired);
        Assert.Equal("Market Square", feed.Title);
        Assert.Equal("http://market.example/", feed.Link?.AbsoluteUri);
        Assert.Equal(TimeSpan.FromMinutes(90), feed.TimeToLive);
        Assert.Equal([0, 7], feed.SkipHours);
        Assert.Equal([DayOfWeek.Sunday], feed.SkipDays);
        Assert.Equal(3, feed.Entries.Count);

        var leeks = feed.Entries[0];
        Assert.Equal("Leeks & onions up 12% again", leeks.Title);
        Assert.Equal("http://market.example/item.php?id=7&cat=veg&copy=1", leeks.Link?.AbsoluteUri);
        Assert.Equal("<p>Leeks cost <b>more.</b></p>\n<p>Onions éven… more</p>", leeks.Summary);
        Assert.Equal(["A. Grocer"], leeks.Authors);
        Assert.Equal("http://market.example/leek.jpg", leeks.Image?.AbsoluteUri);
        Assert.Equal(new DateTimeOffset(2025, 9, 3, 4, 30, 0, TimeSpan.Zero), leeks.PublishedAt);

        var plums = feed.Entries[1];
        Assert.Equal("Unclosed title about plums", plums.Title);
        Assert.Equal("plums-8", plums.Id);
        Assert.Equal("http://market.example/item.php?id=8", plums.Link?.AbsoluteUri);

        Assert.Equal("Stray ]] bracket and a < sign", feed.Entries[2].Title);
        Assert.Equal("<p>Escaped &amp; double</p>", feed.Entries[2].Summary);
    }

    [Fact]
    public void Stray_control_characters_are_dropped()
    {
        var feed = FeedFile.Parse("control-characters.rss");

        Assert.Equal("Bell and Null", feed.Title);
        Assert.Equal("Form feed", Assert.Single(feed.Entries).Title);
    }
}
