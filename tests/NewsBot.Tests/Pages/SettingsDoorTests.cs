using NewsBot.Core.Communities;
using NewsBot.Web.Pages;
using NewsBot.Web.SignIn;

namespace NewsBot.Tests.Pages;

public sealed class SettingsDoorTests
{
    [Fact]
    public void Members_of_no_rank_and_strangers_find_no_door()
    {
        Assert.Null(SettingsDoor.Find(null, null, null));
        Assert.Null(SettingsDoor.Find(AMember(1, 1, Role.Member), SignedIn((2, 2, Role.Member, "Harbour")), "2"));
    }

    [Fact]
    public void Who_is_of_rank_in_one_community_needs_not_choose()
    {
        var door = SettingsDoor.Find(AMember(1, 1, Role.Member), SignedIn((2, 2, Role.Moderator, "Harbour")), null)!;

        Assert.Equal((2, Role.Moderator, ""), (door.Asker.Community.Value, door.Asker.Role, door.Query));
    }

    [Fact]
    public void Whoever_has_several_chooses_and_what_is_not_theirs_cannot_be_chosen()
    {
        var signedIn = SignedIn((2, 2, Role.Admin, "Harbour"), (3, 3, Role.Member, "Elsewhere"));
        var chat = AMember(1, 1, Role.Moderator);

        Assert.Equal("?community=2", SettingsDoor.Find(chat, signedIn, null)!.Query);
        Assert.Equal("?community=1", SettingsDoor.Find(chat, signedIn, "1")!.Query);
        Assert.Equal("?community=2", SettingsDoor.Find(chat, signedIn, "3")!.Query);
        Assert.Equal(
            ["Harbour", "the built-in chat"],
            SettingsDoor.Find(chat, signedIn, null)!.Communities.Select(one => one.Name)
        );
    }

    [Fact]
    public void In_one_community_the_higher_rank_counts()
    {
        var signedIn = SignedIn((2, 1, Role.Admin, "Harbour"));

        var door = SettingsDoor.Find(AMember(1, 1, Role.Moderator), signedIn, null)!;

        Assert.Equal((2, Role.Admin, ""), (door.Asker.Id.Value, door.Asker.Role, door.Query));
    }

    private static Member AMember(long id, long community, Role role) =>
        new(new MemberId(id), new CommunityId(community), "Ada", role, null);

    private static SignedIn SignedIn(params (long Id, long Community, Role Role, string Workspace)[] accounts) =>
        new(
            1,
            "discord",
            [
                .. accounts.Select(one => new SignedInAccount(
                    one.Id,
                    one.Id,
                    one.Workspace,
                    "w",
                    "a",
                    AMember(one.Id, one.Community, one.Role),
                    DateTimeOffset.UnixEpoch
                )),
            ]
        );
}
