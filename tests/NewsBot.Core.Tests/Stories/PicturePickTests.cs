using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class PicturePickTests
{
    private static readonly PictureCandidate Fine = new(
        new RankedPicture(new Uri("https://a.example/fine.jpg"), null, 300),
        IsLead: true,
        OtherStories: 0,
        new PictureSize(null, null),
        Flaw: null,
        IsFailing: false,
        IsLost: false
    );

    private static PictureCandidate Worse => Fine with { Ranked = Fine.Ranked with { Worth = 200 } };

    [Fact]
    public void The_best_is_shown() => Assert.Equal(Fine, PicturePick.Best([Worse, Fine]));

    [Fact]
    public void What_stands_with_three_stories_of_one_source_is_a_placeholder()
    {
        Assert.Equal(Worse, PicturePick.Best([Fine with { OtherStories = 2 }, Worse]));
        Assert.Equal(1, PicturePick.Best([Fine with { OtherStories = 1 }, Worse])!.OtherStories);
        Assert.Null(PicturePick.Best([Fine with { OtherStories = 300 }]));
    }

    [Fact]
    public void What_turned_out_to_be_small_or_broken_or_lost_is_passed_over()
    {
        Assert.Null(PicturePick.Best([Fine with { Flaw = PictureFlaw.Blank }]));
        Assert.Null(PicturePick.Best([Fine with { IsFailing = true, IsLost = true }]));
        Assert.Null(PicturePick.Best([Fine with { Size = new PictureSize(88, 31) }]));
        Assert.Null(PicturePick.Best([Fine with { Size = new PictureSize(1_280, 160) }]));
    }

    [Fact]
    public void What_cannot_be_had_right_now_is_waited_for_only_where_there_is_no_other()
    {
        var failing = Fine with { IsFailing = true };

        Assert.Equal(Worse, PicturePick.Best([failing, Worse]));
        Assert.Equal(failing, PicturePick.Best([failing]));
    }

    [Fact]
    public void The_report_a_story_is_told_by_goes_before_the_others_unless_theirs_is_much_better()
    {
        var other = Fine with { IsLead = false, Ranked = Fine.Ranked with { Worth = 350 } };

        Assert.Equal(Fine, PicturePick.Best([other, Fine]));
        Assert.Equal(other, PicturePick.Best([other, Worse]));
    }
}
