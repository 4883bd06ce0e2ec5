using Microsoft.Extensions.DependencyInjection;
using NewsBot.Testing.Newsrooms;
using NewsBot.Web;

namespace NewsBot.Postgres.Tests.Processes;

/// <summary>Two whole programs on one database.</summary>
public sealed class ManyProcessesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_at_one_process_reaches_an_open_page_of_the_other()
    {
        using var shared = await SharedDatabase.MakeAsync();
        await using var one = await RunningNewsroom.StartAsync([.. shared.Settings, "--Starter:Enabled=false"]);
        await using var two = await RunningNewsroom.StartAsync([.. shared.Settings, "--Starter:Enabled=false"]);
        await one.RunAsync(
            """
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, publication, created_at)
            SELECT 1, community_id, id, 'news', 'news', 'public', 0 FROM workspace WHERE platform = 'web'
            ON CONFLICT DO NOTHING
            """
        );
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var page = await two.Http.GetAsync(
            new Uri("live?channel=1", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead,
            patience.Token
        );
        using var lines = new StreamReader(await page.Content.ReadAsStreamAsync(patience.Token));
        await lines.ReadLineAsync(patience.Token);
        await UntilBothListenAsync(one);

        await one.SayAsync("Inês", "Is anybody there?");

        var told = "";
        while (!told.StartsWith("data:", StringComparison.Ordinal))
        {
            told = await lines.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("It ended.");
        }
    }

    [Fact]
    public async Task A_setting_that_is_changed_at_one_process_is_heard_of_at_the_other()
    {
        using var shared = await SharedDatabase.MakeAsync();
        await using var one = await RunningNewsroom.StartAsync([.. shared.Settings, "--Starter:Enabled=false"]);
        await using var two = await RunningNewsroom.StartAsync([.. shared.Settings, "--Starter:Enabled=false"]);
        await UntilBothListenAsync(one);
        var heard = new TaskCompletionSource();
        two.Services.GetRequiredService<LiveUpdates>().OnSettingChanged(() => heard.TrySetResult());

        one.Services.GetRequiredService<LiveUpdates>().Publish(LiveUpdate.Everything);

        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);
    }

    // Before, a signal may be missed.
    private static Task UntilBothListenAsync(RunningNewsroom newsroom) =>
        newsroom.UntilAsync(
            """
            SELECT COUNT(*) FROM pg_stat_activity
            WHERE datname = current_database() AND query IN ('LISTEN newsbot', 'SELECT 1')
            """,
            2
        );

    [Fact]
    public async Task A_process_without_the_role_web_answers_probes_only()
    {
        using var shared = await SharedDatabase.MakeAsync();
        await using var worker = await RunningNewsroom.StartAsync([
            .. shared.Settings,
            "--Starter:Enabled=false",
            "--roles=poll,post",
        ]);

        using var probe = await worker.Http.GetAsync(new Uri("readyz", UriKind.Relative), Token);
        using var page = await worker.Http.GetAsync(new Uri("status", UriKind.Relative), Token);

        Assert.Equal((200, 404), ((int)probe.StatusCode, (int)page.StatusCode));
    }
}
