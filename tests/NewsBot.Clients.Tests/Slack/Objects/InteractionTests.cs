using System.Text;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Clients.Tests.Slack.Objects;

public sealed class InteractionTests
{
    [Fact]
    public void A_pressed_button_says_what_where_and_by_whom()
    {
        var pressed = Read<Interaction>(
            """
            {"type":"block_actions","team":{"id":"T1","domain":"d"},"user":{"id":"U1","team_id":"T2"},"api_app_id":"A1",
             "container":{"type":"message","message_ts":"1700000000.000100","channel_id":"C1","is_ephemeral":true,
              "thread_ts":"1690000000.000100"},
             "trigger_id":"t","channel":{"id":"C1","name":"general"},"response_url":"https://hooks.slack.com/a",
             "actions":[{"type":"button","action_id":"discuss","block_id":"b","value":"s1","action_ts":"1.2"},
              {"type":"static_select","action_id":"s","selected_option":{"text":{"type":"plain_text","text":"A"},"value":"a"}}],
             "state":{"values":{"b":{"a":{"type":"plain_text_input","value":"typed"}}}}}
            """
        );

        Assert.Equal(("C1", "T1", "U1"), (pressed.ChannelId, pressed.TeamId, pressed.User!.Id));
        Assert.Equal("1690000000.000100", pressed.Container!.ThreadTs.Text);
        Assert.Equal(("discuss", "s1"), (pressed.Actions![0].ActionId, pressed.Actions[0].Value));
        Assert.Equal("a", pressed.Actions[1].SelectedOption!.Value);
        Assert.Equal("typed", pressed.State!.Find("b", "a")!.Value);
    }

    [Fact]
    public void A_sent_view_gives_what_was_typed_and_chosen()
    {
        var sent = Read<Interaction>(
            """
            {"type":"view_submission","team":null,"user":{"id":"U1","team_id":"T1"},
             "view":{"id":"V1","team_id":"T1","type":"modal","callback_id":"source","private_metadata":"{\"a\":1}","hash":"h",
              "state":{"values":{"url":{"a":{"type":"plain_text_input","value":null}},
               "to":{"a":{"type":"conversations_select","selected_conversation":"C1"}},
               "on":{"a":{"type":"checkboxes","selected_options":[{"value":"x"},{"value":"y"}]}}}}},
             "response_urls":[{"response_url":"https://hooks.slack.com/b","channel_id":"C1"}]}
            """
        );

        var state = sent.View!.State!;
        Assert.Equal(("source", "h", "T1"), (sent.View.CallbackId, sent.View.Hash, sent.TeamId));
        Assert.Null(state.Find("url", "a")!.Value);
        Assert.Equal("C1", state.Find("to", "a")!.SelectedConversation);
        Assert.Equal(["x", "y"], state.Find("on", "a")!.SelectedOptions!.Select(option => option.Value));
        Assert.Null(state.Find("no", "a"));
        Assert.Null(state.Find("to", "no"));
    }

    [Fact]
    public void Shortcuts_and_suggestions_and_closed_views_are_read_too()
    {
        var shortcut = Read<Interaction>(
            """{"type":"message_action","callback_id":"number","message_ts":"1.2","channel":{"id":"C1"},"message":{"ts":"1.2"}}"""
        );
        var suggestion = Read<Interaction>(
            """{"type":"block_suggestion","action_id":"a","block_id":"b","value":"typ"}"""
        );
        var closed = Read<Interaction>("""{"type":"view_closed","is_cleared":true,"view":{"id":"V1"}}""");

        Assert.Equal(("number", "1.2", "C1"), (shortcut.CallbackId, shortcut.Message!.Ts.Text, shortcut.ChannelId));
        Assert.Equal(("a", "typ"), (suggestion.ActionId, suggestion.Value));
        Assert.True(closed.IsCleared);
    }

    [Fact]
    public void A_command_reads_alike_from_a_socket_and_from_a_form()
    {
        var overSocket = Read<SlashCommand>(
            """
            {"command":"/news","text":"add https://a.example","team_id":"T1","channel_id":"C1","user_id":"U1",
             "response_url":"https://hooks.slack.com/c","trigger_id":"t","api_app_id":"A1","is_enterprise_install":"false"}
            """
        );
        var form = new Dictionary<string, string>
        {
            ["command"] = "/news",
            ["text"] = "add https://a.example",
            ["team_id"] = "T1",
            ["channel_id"] = "C1",
            ["user_id"] = "U1",
            ["response_url"] = "https://hooks.slack.com/c",
            ["trigger_id"] = "t",
            ["api_app_id"] = "A1",
            ["is_enterprise_install"] = "false",
        };

        Assert.Equal(overSocket, SlashCommand.FromForm(name => form.GetValueOrDefault(name)));
        Assert.True(Read<SlashCommand>("""{"is_enterprise_install":true}""").IsEnterpriseInstall);
    }

    private static T Read<T>(string json)
        where T : class => SlackJson.Read<T>(Encoding.UTF8.GetBytes(json))!;
}
