using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NewsBot.Scheduling;
using NewsBot.Testing.Time;

namespace NewsBot.Testing.Newsrooms;

/// <content>Goes on as a process of its own for a while, which can be killed as nothing in this process can.</content>
public sealed partial class RunningNewsroom
{
    /// <summary>Tells the program of the tests to be such a process.</summary>
    internal const string Apart = "newsroom-apart";

    /// <summary>Names the file into which such a process writes, each second, how many bytes its managed objects take.</summary>
    public const string HeapFile = "NEWSBOT_TEST_HEAP_FILE";

    private NewsroomProcess? _apart;

    /// <summary>The id of the process of its own.</summary>
    public int ApartId => _apart!.Id;

    /// <summary>Stops, and goes on as a process of its own. Its services are out of reach until it is killed.</summary>
    /// <param name="isReady">Whether to wait until it answers.</param>
    public async Task GoApartAsync(bool isReady)
    {
        await StopAsync();
        _apart = new NewsroomProcess(
            "NewsBot.Testing.dll",
            [Apart, _time.ToString()!, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), .. Arguments]
        );
        _apart.Start();
        if (isReady)
        {
            await _apart.ReadyAsync(CancellationToken.None);
        }

        Speak(_apart.Http);
    }

    /// <summary>Kills the process of its own in the middle of whatever it does, and starts again in this one.</summary>
    public async Task KillAsync()
    {
        await _apart!.KillAsync();
        await StartAsync();
    }

    /// <summary>Asks, again and again while nobody answers, as people do whose newsroom was killed.</summary>
    /// <param name="ask">Has to be harmless to do twice.</param>
    /// <returns>The answer; the caller disposes it.</returns>
    public Task<HttpResponseMessage> AskAsync(Func<HttpClient, Task<HttpResponseMessage>> ask) =>
        UntilAsync<HttpResponseMessage>(async () =>
        {
            try
            {
                return await ask(Http);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                return null;
            }
        });

    /// <summary>Says that something was written into the outbox just now.</summary>
    public void WakePosts() => _app?.Services.GetRequiredService<PostPump>().Wake();

    /// <summary>Is the process of its own.</summary>
    /// <param name="clock">The other process's clock.</param>
    /// <param name="settings">That process, without which there is nothing to do, and the settings.</param>
    /// <returns>Exit code.</returns>
    internal static async Task<int> ServeAsync(string clock, string[] settings)
    {
        using var owner = Process.GetProcessById(int.Parse(settings[0], CultureInfo.InvariantCulture));
        await using var app = await BuildAsync(settings[1..], HurriedTime.Of(clock));
        await app.StartAsync();
        using var told = TellHeap(Environment.GetEnvironmentVariable(HeapFile));
        await Task.WhenAny(app.WaitForShutdownAsync(), owner.WaitForExitAsync());
        return 0;
    }

    private static ITimer? TellHeap(string? file) =>
        file is null
            ? null
            : TimeProvider.System.CreateTimer(
                _ => File.WriteAllText(file, GC.GetTotalMemory(false).ToString(CultureInfo.InvariantCulture)),
                null,
                TimeSpan.Zero,
                TimeSpan.FromSeconds(1)
            );
}
