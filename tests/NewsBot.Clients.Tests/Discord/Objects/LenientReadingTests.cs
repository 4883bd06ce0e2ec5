using System.Text.Json;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Clients.Tests.Discord.Objects;

public sealed class LenientReadingTests
{
    private const string LargeId = "18446744073709551615";

    public static TheoryData<Type> Received =>
        new(
            typeof(Application),
            typeof(ApplicationCommand),
            typeof(Attachment),
            typeof(Channel),
            typeof(CommandChoice),
            typeof(CommandOptionSpec),
            typeof(Component),
            typeof(Emoji),
            typeof(ForumTag),
            typeof(GalleryItem),
            typeof(GatewayBot),
            typeof(Guild),
            typeof(GuildMember),
            typeof(Interaction),
            typeof(InteractionData),
            typeof(InteractionOption),
            typeof(MediaLink),
            typeof(MentionedUser),
            typeof(Message),
            typeof(MessageReference),
            typeof(MessageSnapshot),
            typeof(MessageSnapshotContent),
            typeof(Overwrite),
            typeof(Reaction),
            typeof(ResolvedData),
            typeof(Role),
            typeof(SelectOption),
            typeof(SessionStartLimit),
            typeof(Sticker),
            typeof(ThreadMetadata),
            typeof(ThreadPage),
            typeof(User)
        );

    [Theory]
    [MemberData(nameof(Received))]
    public void Everything_may_be_absent_null_or_unknown(Type type)
    {
        var fields =
            from property in type.GetProperties()
            where property.CanWrite && property.PropertyType != typeof(Snowflake)
            select $"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}\":null";

        var absent = Read("{}", type);
        var isNull = Read("{" + string.Join(',', fields) + "}", type);
        var unknown = Read("""{"brand_new":{"a":[1,{"b":null}]},"v":1e400}""", type);

        Assert.All([absent, isNull, unknown], thing => Assert.NotEmpty(thing.ToString()!));
    }

    [Theory]
    [MemberData(nameof(Received))]
    public void Texts_and_lists_that_are_always_there_are_never_null(Type type)
    {
        var nullability = new System.Reflection.NullabilityInfoContext();
        var promised = type.GetProperties()
            .Where(property => !property.PropertyType.IsValueType && property.CanWrite)
            .Where(property => nullability.Create(property).ReadState == System.Reflection.NullabilityState.NotNull)
            // The client itself checks these two before it gives the answer out.
            .Where(property => property.DeclaringType != typeof(GatewayBot));

        var empty = Read("{}", type);

        Assert.All(promised, property => Assert.NotNull(property.GetValue(empty)));
    }

    [Fact]
    public void A_guild_in_an_outage_is_just_an_id()
    {
        var guild = Read<Guild>("""{"id":"7","unavailable":true}""");

        Assert.Equal(new Guild(new Snowflake(7), Unavailable: true), guild);
    }

    [Fact]
    public void Ids_are_text_or_numbers_of_up_to_64_bits()
    {
        Assert.Equal(ulong.MaxValue, Read<Channel>($$"""{"id":"{{LargeId}}"}""").Id.Value);
        Assert.Equal(7UL, Read<Channel>("""{"id":7}""").Id.Value);
        Assert.Throws<JsonException>(() => Read<Channel>($$"""{"id":"1{{LargeId}}"}"""));
        Assert.Throws<JsonException>(() => Read<Channel>("""{"id":"-1"}"""));
    }

    [Fact]
    public void Permissions_have_more_than_32_bits_and_may_be_null()
    {
        var role = Read<Role>("""{"id":"1","permissions":"4503874505277440"}""");

        Assert.True(role.Permissions.HasFlag(Permissions.SendMessagesInThreads));
        Assert.Equal("\"4503874505277440\"", JsonSerializer.Serialize(role.Permissions, DiscordJson.Options));
        Assert.Equal(Permissions.None, Read<Role>("""{"id":"1","permissions":null}""").Permissions);
        Assert.Null(Read<GuildMember>("""{"permissions":null}""").Permissions);
    }

    [Fact]
    public void Kinds_that_nobody_has_heard_of_keep_their_number()
    {
        Assert.Equal((ChannelType)99, Read<Channel>("""{"id":"1","type":99}""").Type);
        Assert.Equal((MessageType)250, Read<Message>("""{"id":"1","channel_id":"2","type":250}""").Type);
        Assert.Equal(
            (ComponentType)77,
            Read<Component>("""{"type":77,"components":[{"type":78}]}""").Components![0].Type - 1
        );
        Assert.Equal((InteractionType)42, Read<Interaction>("""{"id":"1","type":42}""").Type);
        Assert.Equal(
            MessageFlags.IsComponentsV2,
            Read<Message>("""{"flags":4398046543872}""").Flags! & MessageFlags.IsComponentsV2
        );
        Assert.Equal("{\"type\":77}", JsonSerializer.Serialize(new Component((ComponentType)77), DiscordJson.Options));
    }

    [Theory]
    [InlineData("\"abc\"", JsonValueKind.String)]
    [InlineData("123", JsonValueKind.Number)]
    public void A_nonce_is_text_or_a_number(string nonce, JsonValueKind kind) =>
        Assert.Equal(kind, Read<Message>($$"""{"id":"1","channel_id":"2","nonce":{{nonce}}}""").Nonce!.Value.ValueKind);

    [Fact]
    public void Nothing_in_lists_and_maps_is_null()
    {
        var message = Read<Message>(
            """{"mentions":[null,{"id":"3","member":null}],"attachments":[null],"member":null}"""
        );
        var resolved = Read<ResolvedData>("""{"users":{"1":null,"2":{"id":"2"}}}""");
        var member = Read<GuildMember>("""{"roles":["1",null]}""");

        Assert.Equal(3UL, Assert.Single(message.Mentions!).Id.Value);
        Assert.Empty(message.Attachments!);
        Assert.Equal("2", Assert.Single(resolved.Users!).Key);
        Assert.Single(member.Roles!);
    }

    [Fact]
    public void Instants_keep_their_time_and_null_is_none()
    {
        var message = Read<Message>("""{"timestamp":"2026-03-01T12:00:00.123000+00:00","edited_timestamp":null}""");

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero), message.Timestamp);
        Assert.Null(message.EditedTimestamp);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("""{"mentions":{}}""")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"timestamp":"yesterday"}""")]
    public void What_is_something_else_altogether_is_refused(string json) =>
        Assert.Throws<JsonException>(() => Read<Message>(json));

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, DiscordJson.Options)!;

    private static object Read(string json, Type type) => JsonSerializer.Deserialize(json, type, DiscordJson.Options)!;
}
