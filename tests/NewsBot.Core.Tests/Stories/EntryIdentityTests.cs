using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class EntryIdentityTests
{
    private static readonly DateTimeOffset Monday = new(2026, 6, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly EntryFacts Known = new(
        "id-1",
        new Uri("https://example.com/news/quake"),
        "Big quake hits the northern coast",
        Monday
    );

    [Fact]
    public void An_entry_has_its_names_in_order_of_strength() =>
        Assert.Equal(
            [
                new EntryKey("guid", "id-1"),
                new EntryKey("url", "https://example.com/news/quake"),
                new EntryKey("title-day", "big quake hits the northern coast 2026-06-01"),
            ],
            EntryIdentity.KeysOf(Known)
        );

    [Fact]
    public void A_new_id_for_the_same_address_is_the_same_entry() =>
        Assert.True(
            EntryIdentity.IsSame(
                Known,
                Known with
                {
                    PublisherId = "id-2",
                    Link = new Uri("http://www.example.com/news/quake/?utm_source=rss"),
                }
            )
        );

    [Fact]
    public void The_same_id_with_a_new_address_is_the_same_entry() =>
        Assert.True(
            EntryIdentity.IsSame(Known, Known with { Link = new Uri("https://example.com/2026/06/quake-north") })
        );

    [Fact]
    public void A_rewritten_headline_under_the_same_id_and_address_is_the_same_entry() =>
        Assert.True(
            EntryIdentity.IsSame(
                Known,
                Known with
                {
                    Title = "Tsunami warning lifted",
                    PublishedAt = Monday.AddHours(2),
                }
            )
        );

    [Fact]
    public void An_id_reused_for_something_else_is_another_entry() =>
        Assert.False(
            EntryIdentity.IsSame(
                Known,
                new EntryFacts(
                    "id-1",
                    new Uri("https://example.com/news/budget"),
                    "Parliament passes the budget",
                    Monday.AddHours(1)
                )
            )
        );

    [Fact]
    public void Entries_that_all_link_to_one_page_stay_apart() =>
        Assert.False(
            EntryIdentity.IsSame(
                Known,
                Known with
                {
                    PublisherId = "id-2",
                    Title = "Parliament passes budget",
                    PublishedAt = Monday.AddHours(1),
                }
            )
        );

    [Fact]
    public void The_home_page_identifies_nothing() =>
        Assert.False(
            EntryIdentity.IsSame(
                new EntryFacts(null, new Uri("https://example.com/"), "Big quake hits the coast", Monday),
                new EntryFacts(null, new Uri("https://example.com/"), "Parliament passes the budget", Monday)
            )
        );

    [Fact]
    public void Without_id_and_address_headline_and_day_decide()
    {
        var bare = Known with { PublisherId = null, Link = null };

        Assert.True(
            EntryIdentity.IsSame(
                bare,
                bare with
                {
                    PublishedAt = Monday.AddHours(3),
                    Title = "Big quake hits the Northern coast!",
                }
            )
        );
        Assert.False(EntryIdentity.IsSame(bare, bare with { PublishedAt = Monday.AddDays(1) }));
        Assert.False(EntryIdentity.IsSame(bare with { Title = "Corrections" }, bare with { Title = "Corrections" }));
    }

    [Fact]
    public void An_endless_id_is_kept_short() =>
        Assert.True(
            EntryIdentity.KeysOf(Known with { PublisherId = new string('x', 100_000) })[0].Value.Length <= 1_000
        );

    [Fact]
    public void An_entry_with_nothing_has_no_names() =>
        Assert.Empty(EntryIdentity.KeysOf(new EntryFacts(" ", null, "…", null)));
}
