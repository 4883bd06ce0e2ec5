using NewsBot.Core.Posts;

namespace NewsBot.Tests.Mirroring;

/// <summary>A wall clock that is set right, and so back, changes nothing of who reads what.</summary>
public sealed class SetBackClockTests : MirroredStory
{
    [Fact]
    public async Task What_is_said_after_the_clock_was_set_back_behind_the_card_is_copied_all_the_same()
    {
        Desk.News.Time.AdjustTime(Desk.Now.AddHours(-2));

        await Desk.SayAsync(InDiscord, Story, Bo, "d1", "Welcome");
        await Desk.SendAsync();

        Assert.Contains(Desk.Tried(InSlack), post => post.Body is PostBody.Copy { Number: 1 });
    }
}
