using NewsBot.Core.Commands;

namespace NewsBot.Tests.Commands;

public sealed class TemplateCommandTests
{
    [Fact]
    public async Task A_template_is_shown_set_listed_cleared_and_taken_back()
    {
        await using var rig = await CommandRig.NewAsync();
        var source = await rig.ValueAsync<string>("SELECT name FROM source WHERE id = 1");

        var shown = await rig.AskAsync($"template set \"{source}\" {{{{ source }}}}: {{{{ summary | truncate: 90 }}}}");
        Assert.Equal(CommandEnding.Asked, shown.Ending);
        Assert.Null(await rig.ValueAsync<string?>("SELECT template FROM subscription WHERE source_id = 1"));
        await rig.AskAsync($"confirm {shown.ConfirmCode}");
        var listed = await rig.AskAsync("template show");
        await rig.DoAsync($"template clear \"{source}\"");
        var cleared = await rig.ValueAsync<string?>("SELECT template FROM subscription WHERE source_id = 1");
        await rig.DoAsync("undo");

        Assert.Contains("{{ source }}: {{ summary | truncate: 90 }}", listed.Markdown);
        Assert.Null(cleared);
        Assert.Equal(
            "{{ source }}: {{ summary | truncate: 90 }}",
            await rig.ValueAsync<string?>("SELECT template FROM subscription WHERE source_id = 1")
        );
    }

    [Fact]
    public async Task A_line_that_is_no_template_is_refused_with_what_it_may_say()
    {
        await using var rig = await CommandRig.NewAsync();
        var source = await rig.ValueAsync<string>("SELECT name FROM source WHERE id = 1");

        var reply = await rig.AskAsync($"template set \"{source}\" {{% for a in also %}}x{{% endfor %}}");

        Assert.Equal(CommandEnding.WrongUsage, reply.Ending);
        Assert.Contains("“for”", reply.Markdown);
        Assert.Contains("`headline`", reply.Markdown);
    }
}
