using NewsBot.Core.Channels;
using NewsBot.Core.Comments;

namespace NewsBot.Core.Tests.Mirroring;

/// <summary>In which channels a comment appears.</summary>
public sealed class CopyPlanTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly MirrorChannel Discord = A(1, workspace: 1);
    private static readonly MirrorChannel Slack = A(2, workspace: 2);
    private static readonly CopySource Comment = new(Discord, 1, Visibility.Public, Noon, true, true, false, false);

    [Fact]
    public void A_comment_goes_to_every_other_two_way_channel_with_the_card()
    {
        var without = new CopyTarget(A(3, workspace: 3), null);

        CopyTarget[] channels = [Carrying(Discord), Carrying(Slack), Carrying(A(4, workspace: 4)), without];

        Assert.Equal([false, true, true, false], channels.Select(channel => CopyPlan.Gets(Comment, channel)));
    }

    public static TheoryData<Visibility, Visibility, bool> Sights =>
        new()
        {
            { Visibility.Off, Visibility.Off, true },
            { Visibility.Off, Visibility.Members, false },
            { Visibility.Off, Visibility.Public, false },
            { Visibility.Members, Visibility.Off, true },
            { Visibility.Members, Visibility.Members, true },
            { Visibility.Members, Visibility.Public, false },
            { Visibility.Public, Visibility.Off, true },
            { Visibility.Public, Visibility.Members, true },
            { Visibility.Public, Visibility.Public, true },
        };

    [Theory]
    [MemberData(nameof(Sights))]
    public void A_comment_is_never_shown_to_more_people_than_it_was_written_for(
        Visibility written,
        Visibility target,
        bool isShown
    )
    {
        var comment = Comment with { Visibility = written };
        var channel = Slack with { Publication = target };

        Assert.Equal(isShown, CopyPlan.Gets(comment, Carrying(channel)));
        Assert.Equal(isShown, CopyPlan.MayShow(comment, channel));
        Assert.Equal(isShown, CopyPlan.MayRead(comment, channel));
    }

    [Theory]
    [InlineData(MirrorMode.TwoWay, MirrorMode.TwoWay, true)]
    [InlineData(MirrorMode.TwoWay, MirrorMode.Collect, false)]
    [InlineData(MirrorMode.TwoWay, MirrorMode.PostOnly, false)]
    [InlineData(MirrorMode.Collect, MirrorMode.TwoWay, false)]
    [InlineData(MirrorMode.PostOnly, MirrorMode.TwoWay, false)]
    public void Both_sides_must_be_two_way(MirrorMode origin, MirrorMode target, bool isShown) =>
        Assert.Equal(
            isShown,
            CopyPlan.Gets(
                Comment with
                {
                    Origin = Discord with { Mirror = origin },
                },
                Carrying(Slack with { Mirror = target })
            )
        );

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public void Channels_of_one_workspace_exchange_copies_only_where_both_want_so(
        bool origin,
        bool target,
        bool isShown
    ) =>
        Assert.Equal(
            isShown,
            CopyPlan.Gets(
                Comment with
                {
                    Origin = Discord with { IsWithin = origin },
                },
                Carrying(A(2, workspace: 1) with { IsWithin = target })
            )
        );

    [Fact]
    public void Nothing_crosses_from_one_community_to_another()
    {
        var moved = Comment with { Origin = Discord with { Community = 2 } };

        Assert.False(CopyPlan.Gets(Comment, Carrying(Slack with { Community = 2 })));
        Assert.False(CopyPlan.MayRead(Comment, Slack with { Community = 2 }));
        Assert.False(CopyPlan.Gets(moved, Carrying(Slack)));
        Assert.False(CopyPlan.MayRead(moved, Slack));
    }

    [Fact]
    public void A_workspace_that_has_left_neither_gives_nor_gets()
    {
        Assert.False(CopyPlan.Gets(Comment, Carrying(Slack with { IsGone = true })));
        Assert.False(CopyPlan.Gets(Comment with { Origin = Discord with { IsGone = true } }, Carrying(Slack)));
    }

    [Fact]
    public void What_is_hidden_or_of_somebody_muted_is_not_copied_anew_and_keeps_its_place_where_it_was()
    {
        var hidden = Comment with { IsReadable = false };
        var muted = Comment with { IsMuted = true };

        Assert.False(CopyPlan.Gets(hidden, Carrying(Slack)));
        Assert.True(CopyPlan.MayShow(hidden, Slack));
        Assert.False(CopyPlan.Gets(muted, Carrying(Slack)));
        Assert.True(CopyPlan.MayShow(muted, Slack));
    }

    [Fact]
    public void What_its_author_has_withdrawn_is_shown_nowhere()
    {
        var withdrawn = Comment with { IsWithdrawn = true };

        Assert.False(CopyPlan.MayShow(withdrawn, Slack));
        Assert.False(CopyPlan.MayRead(withdrawn, Slack));
        Assert.False(CopyPlan.MayRead(withdrawn, Discord));
    }

    [Fact]
    public void What_was_written_before_a_channel_had_the_story_or_was_two_way_gets_no_copy_of_its_own()
    {
        var later = Noon.AddMinutes(1);

        Assert.False(CopyPlan.Gets(Comment, new CopyTarget(Slack, later)));
        Assert.False(CopyPlan.Gets(Comment, Carrying(Slack with { Since = later })));
        Assert.False(CopyPlan.Gets(Comment with { Origin = Discord with { Since = later } }, Carrying(Slack)));
        Assert.True(CopyPlan.Gets(Comment, new CopyTarget(Slack with { Since = Noon }, Noon)));
        Assert.True(CopyPlan.MayShow(Comment, Slack with { Since = later }));
    }

    [Fact]
    public void What_was_written_for_one_private_channel_stays_there_when_that_turns_two_way()
    {
        var closed = Slack with { Publication = Visibility.Off };
        var before = Comment with { Visibility = Visibility.Off, Origin = Discord with { Since = Noon.AddMinutes(1) } };

        Assert.False(CopyPlan.MayShow(before, closed));
        Assert.True(CopyPlan.MayShow(before with { Origin = Discord with { Since = Noon } }, closed));
    }

    [Fact]
    public void What_was_written_on_a_page_appears_in_its_own_channel_too()
    {
        var onPage = Comment with { HasMessage = false };

        Assert.True(CopyPlan.Gets(onPage, Carrying(Discord)));
        Assert.True(CopyPlan.Gets(onPage, Carrying(Slack)));
        Assert.False(CopyPlan.Gets(Comment, Carrying(Discord)));
    }

    [Fact]
    public void Its_own_channel_shows_what_was_written_on_a_page_where_it_collects_replies()
    {
        var collecting = Discord with { Mirror = MirrorMode.Collect };
        var silent = Discord with { Mirror = MirrorMode.PostOnly };
        var onPage = Comment with { HasMessage = false, Visibility = Visibility.Off };

        Assert.True(CopyPlan.Gets(onPage with { Origin = collecting }, Carrying(collecting)));
        Assert.False(CopyPlan.Gets(onPage with { Origin = silent }, Carrying(silent)));
    }

    [Fact]
    public void A_published_comment_may_be_quoted_where_it_is_not_copied()
    {
        var collected = Comment with { Origin = Discord with { Mirror = MirrorMode.Collect } };

        Assert.False(CopyPlan.MayShow(collected, Slack));
        Assert.True(CopyPlan.MayRead(collected, Slack));
        Assert.False(
            CopyPlan.MayRead(
                collected with
                {
                    Visibility = Visibility.Off,
                },
                Slack with
                {
                    Publication = Visibility.Off,
                }
            )
        );
    }

    private static CopyTarget Carrying(MirrorChannel channel) => new(channel, Noon.AddHours(-1));

    private static MirrorChannel A(long id, long workspace) =>
        new(new ChannelId(id), workspace, 1, MirrorMode.TwoWay, null, false, Visibility.Public, false);
}
