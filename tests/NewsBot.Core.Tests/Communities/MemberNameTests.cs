using NewsBot.Core.Communities;

namespace NewsBot.Core.Tests.Communities;

public sealed class MemberNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("\u200b\u2060\u00ad")]
    [InlineData("\u3164\u3164")]
    [InlineData("\u115f\u1160\uffa0")]
    [InlineData("\u2800")]
    [InlineData("\u202e\u2066")]
    [InlineData("\u0301\u0302")]
    [InlineData("😀")]
    public void A_name_nobody_could_read_is_none(string typed)
    {
        Assert.False(MemberName.TryParse(typed, out _, out var problem));
        Assert.Equal("A name needs at least one letter or digit.", problem);
    }

    [Theory]
    [InlineData("A\u3164da", "Ada")]
    [InlineData("Ada\u202e\u200b", "Ada")]
    [InlineData("A\n\u001b[31mda", "A [31mda")]
    [InlineData("अनुष्का", "अनुष्का")]
    [InlineData("Nguyễn Thị Hạnh", "Nguyễn Thị Hạnh")]
    public void What_cannot_be_seen_is_left_out_of_a_name(string typed, string shown)
    {
        Assert.True(MemberName.TryParse(typed, out var name, out _));
        Assert.Equal(shown, name!.Value);
    }

    [Theory]
    [InlineData("NewsBot")]
    [InlineData("ＮＥＷＳＢＯＴ")]
    [InlineData("Νewsbοt")]
    [InlineData("NеwsВot")]
    [InlineData("ɴᴇᴡꜱʙᴏᴛ")]
    [InlineData("𝓝𝓮𝔀𝓼𝓑𝓸𝓽")]
    [InlineData("News Bot")]
    [InlineData("N.e.w.s-B.o.t ✓")]
    [InlineData("Néẅsbot")]
    [InlineData("NewsB0t")]
    [InlineData("Nevvsbot")]
    [InlineData("News\u200bBot\u202e")]
    public void Nobody_speaks_in_the_bots_name_however_it_is_spelled(string typed)
    {
        Assert.False(MemberName.TryParse(typed, out _, out var problem));
        Assert.Contains("reserved", problem);
    }

    [Theory]
    [InlineData("Kofi", "Kоfі", true)]
    [InlineData("Saga Wiklund", "Ѕаgа Wіklund", true)]
    [InlineData("Ines", "lnes", true)]
    [InlineData("Anna", "Анна", false)]
    [InlineData("Marn", "Mam", true)]
    [InlineData("José", "Jose", false)]
    [InlineData("Kofi", "Kofia", false)]
    [InlineData("Олена", "Олёна", false)]
    [InlineData("日本", "曰本", false)]
    public void Two_names_that_nobody_can_tell_apart_look_alike(string one, string other, bool isAlike)
    {
        Assert.True(MemberName.TryParse(one, out var first, out _));
        Assert.True(MemberName.TryParse(other, out var second, out _));

        Assert.Equal(isAlike, first!.Look == second!.Look);
    }

    [Theory]
    [InlineData("Newsboy")]
    [InlineData("Botsnew")]
    [InlineData("Нина")]
    [InlineData("Ελένη")]
    [InlineData("Robot")]
    public void A_name_that_is_only_somewhat_like_it_is_taken(string typed)
    {
        Assert.True(MemberName.TryParse(typed, out var name, out _));
        Assert.Equal(typed, name!.Value);
    }

    [Fact]
    public void No_name_climbs_over_the_lines_around_it()
    {
        Assert.True(MemberName.TryParse("Z" + new string('\u0335', 36), out var name, out _));
        Assert.Equal("Z" + new string('\u0335', 4), name!.Value);
    }
}
