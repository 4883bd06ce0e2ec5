using NewsBot.Core.Communities;

namespace NewsBot.Core.Tests.Communities;

/// <summary>Two names of one person: what counts for both, and what is left when they part.</summary>
public sealed class PersonJoinTests
{
    private static readonly DateTimeOffset Early = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Late = Early.AddDays(30);

    private static readonly DateTimeOffset?[] Instants = [null, Early, Late];
    private static readonly string?[] Names = [null, "Nightowl", "Lark"];

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(0, null, 0)]
    [InlineData(null, 0, 0)]
    [InlineData(0, 30, 0)]
    [InlineData(30, 0, 0)]
    public void Member_since_is_the_earliest_that_any_platform_tells(int? one, int? other, int? expected)
    {
        var joined = PersonJoin.Join(Facts(joinedAt: Day(one)), Facts(joinedAt: Day(other)));

        Assert.Equal(Day(expected), joined.JoinedAt);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(0, null, 0)]
    [InlineData(null, 30, 30)]
    [InlineData(0, 30, 30)]
    [InlineData(30, 0, 30)]
    public void The_longer_mute_counts_for_both(int? one, int? other, int? expected)
    {
        var joined = PersonJoin.Join(Facts(mutedUntil: Day(one)), Facts(mutedUntil: Day(other)));

        Assert.Equal(Day(expected), joined.MutedUntil);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(30, null, 30)]
    [InlineData(null, 30, 30)]
    [InlineData(0, 30, 0)]
    public void One_that_opted_out_is_enough(int? one, int? other, int? expected)
    {
        var joined = PersonJoin.Join(Facts(optedOutAt: Day(one)), Facts(optedOutAt: Day(other)));

        Assert.Equal(Day(expected), joined.OptedOutAt);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("Nightowl", null, "Nightowl")]
    [InlineData(null, "Lark", "Lark")]
    [InlineData("Nightowl", "Lark", "Nightowl")]
    public void A_pseudonym_covers_both_and_the_older_one_wins(string? one, string? other, string? expected)
    {
        var joined = PersonJoin.Join(Facts(pseudonym: one), Facts(pseudonym: other));

        Assert.Equal(expected, joined.Pseudonym);
    }

    [Theory]
    // as they were, while they are one, and after they parted
    [InlineData(Role.Member, Role.Member, Role.Member, Role.Member, Role.Member)]
    [InlineData(Role.Admin, Role.Member, Role.Admin, Role.Admin, Role.Member)]
    [InlineData(Role.Member, Role.Admin, Role.Admin, Role.Member, Role.Admin)]
    // taken from both meanwhile
    [InlineData(Role.Admin, Role.Member, Role.Member, Role.Member, Role.Member)]
    [InlineData(Role.Admin, Role.Moderator, Role.Moderator, Role.Moderator, Role.Moderator)]
    [InlineData(Role.Member, Role.Admin, Role.Member, Role.Member, Role.Member)]
    // granted to both meanwhile
    [InlineData(Role.Member, Role.Member, Role.Admin, Role.Admin, Role.Member)]
    [InlineData(Role.Member, Role.Moderator, Role.Admin, Role.Admin, Role.Moderator)]
    public void A_role_lasts_no_longer_than_it_is_granted(
        Role staying,
        Role leaving,
        Role meanwhile,
        Role stayed,
        Role left
    )
    {
        var (one, other) = PersonJoin.Part(Facts(role: meanwhile), Facts(role: staying), Facts(role: leaving));

        Assert.Equal((stayed, left), (one.Role, other.Role));
    }

    [Fact]
    public void What_holds_somebody_back_never_gets_less_by_joining_and_parting()
    {
        foreach (var older in Every())
        {
            foreach (var younger in Every())
            {
                var both = PersonJoin.Join(older, younger);
                var (staying, leaving) = PersonJoin.Part(both, older, younger);

                foreach (var before in (PersonFacts[])[older, younger])
                {
                    foreach (var after in (PersonFacts[])[both, staying, leaving])
                    {
                        Assert.True(before.MutedUntil is null || after.MutedUntil >= before.MutedUntil);
                        Assert.True(before.OptedOutAt is null || after.OptedOutAt <= before.OptedOutAt);
                        Assert.True(before.Pseudonym is null || after.Pseudonym is not null);
                    }
                }

                Assert.Equal((older.Role, younger.Role), (staying.Role, leaving.Role));
                Assert.Equal((older.JoinedAt, younger.JoinedAt), (staying.JoinedAt, leaving.JoinedAt));
            }
        }
    }

    [Fact]
    public void Three_names_of_one_person_may_be_joined_in_any_order()
    {
        foreach (var one in Every())
        {
            foreach (var two in Every())
            {
                var three = Facts(joinedAt: Late, role: Role.Moderator, mutedUntil: Early, pseudonym: "Third");

                var left = PersonJoin.Join(PersonJoin.Join(one, two), three);
                var right = PersonJoin.Join(one, PersonJoin.Join(two, three));

                Assert.Equal(left, right);
                Assert.Equal(one, PersonJoin.Join(one, one));
            }
        }
    }

    [Theory]
    [InlineData("k7m2-qx4p", "k7m2qx4p")]
    [InlineData(" K7M2 QX4P ", "k7m2qx4p")]
    [InlineData("k7m2qx4", null)]
    [InlineData("k7m2qx4pp", null)]
    [InlineData("k7m2-qx4l", null)]
    [InlineData("", null)]
    public void A_code_is_read_however_it_was_typed(string typed, string? expected)
    {
        Assert.Equal(expected, LinkCode.Read(typed));
    }

    [Fact]
    public void A_new_code_can_be_typed()
    {
        var code = LinkCode.New();

        Assert.NotNull(LinkCode.Read(code));
        Assert.NotEqual(code, LinkCode.New());
    }

    private static IEnumerable<PersonFacts> Every() =>
        from joined in Instants
        from muted in Instants
        from optedOut in Instants
        from pseudonym in Names
        from role in Enum.GetValues<Role>()
        select Facts(joined, role, muted, optedOut, pseudonym);

    private static DateTimeOffset? Day(int? day) => day is { } days ? Early.AddDays(days) : null;

    private static PersonFacts Facts(
        DateTimeOffset? joinedAt = null,
        Role role = Role.Member,
        DateTimeOffset? mutedUntil = null,
        DateTimeOffset? optedOutAt = null,
        string? pseudonym = null
    ) => new(joinedAt, Early, role, mutedUntil, optedOutAt, pseudonym);
}
