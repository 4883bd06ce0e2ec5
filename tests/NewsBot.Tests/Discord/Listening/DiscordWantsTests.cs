using System.Text;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Storage;

namespace NewsBot.Tests.Discord.Listening;

/// <summary>Which events are worth more than a glance.</summary>
public sealed class DiscordWantsTests : IDisposable
{
    private readonly Database _database = new SqliteDatabase(Path.Combine(Path.GetTempPath(), "never-opened.db"));
    private readonly DiscordTracking _tracking;
    private readonly DiscordWants _wants;

    public DiscordWantsTests()
    {
        _tracking = new DiscordTracking(_database) { Self = new Snowflake(7) };
        _tracking.AddChannel(10);
        _tracking.AddThread(11, 10);
        _wants = new DiscordWants(_tracking);
    }

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("""{"channel_id":"11","author":{"id":"1"}}""", true)]
    [InlineData("""{"channel_id":"10","author":{"id":"1"}}""", false)]
    [InlineData("""{"channel_id":"10","author":{"id":"1"},"message_reference":{"message_id":"5"}}""", true)]
    [InlineData("""{"channel_id":"10","author":{"id":"1"},"message_reference":null}""", false)]
    [InlineData("""{"channel_id":"11","author":{"id":"1","bot":true}}""", false)]
    [InlineData("""{"channel_id":"12","author":{"id":"1"},"message_reference":{"message_id":"5"}}""", false)]
    [InlineData("""{"mentions":[{"id":"3","x":[{}]}],"author":{"x":{"y":[1]},"id":"1"},"channel_id":11}""", true)]
    [InlineData("""{"channel_id":{"a":1},"author":[1]}""", false)]
    [InlineData("""[]""", false)]
    public void A_message_is_wanted_where_it_may_be_a_comment(string json, bool isWanted) =>
        Assert.Equal(isWanted, _wants.Wants("MESSAGE_CREATE", Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Where_the_bot_has_written_people_are_listened_to_at_once()
    {
        var own = """{"channel_id":"20","guild_id":"1","author":{"id":"7","bot":true}}"""u8;
        var reply = """{"channel_id":"20","author":{"id":"1"},"message_reference":{"message_id":"5"}}"""u8;
        var before = _wants.Wants("MESSAGE_CREATE", reply);

        _wants.Wants("MESSAGE_CREATE", own);

        Assert.False(before);
        Assert.True(_wants.Wants("MESSAGE_CREATE", reply));
    }

    [Theory]
    [InlineData("MESSAGE_UPDATE", """{"channel_id":"11","edited_timestamp":null}""", false)]
    [InlineData("MESSAGE_UPDATE", """{"channel_id":"11","edited_timestamp":"2026-01-01T00:00:00Z"}""", true)]
    [InlineData("MESSAGE_DELETE", """{"channel_id":"10","id":"5"}""", true)]
    [InlineData("MESSAGE_DELETE", """{"channel_id":"12","id":"5"}""", false)]
    [InlineData("TYPING_START", """{"channel_id":"11"}""", false)]
    [InlineData("THREAD_CREATE", """{"id":"30","parent_id":"10"}""", true)]
    [InlineData("THREAD_CREATE", """{"id":"30","parent_id":"12"}""", false)]
    [InlineData("THREAD_CREATE", """{"id":"30","parent_id":"12","owner_id":"7"}""", true)]
    public void Other_events_are_wanted_where_they_concern_us(string type, string json, bool isWanted) =>
        Assert.Equal(isWanted, _wants.Wants(type, Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Unrelated_chatter_allocates_nothing()
    {
        var chatter = Encoding.UTF8.GetBytes(
            """{"id":"1","channel_id":"99","content":"words \"and\" more","author":{"id":"1","username":"kofi"},"embeds":[{"a":{"b":1}}]}"""
        );
        _wants.Wants("MESSAGE_CREATE", chatter);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
        {
            _wants.Wants("MESSAGE_CREATE", chatter);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
