using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsBot.Processes;

namespace NewsBot.Chat;

/// <summary>Wires what all platforms share.</summary>
internal static class ChatRegistration
{
    private const string Lease = "attachments";

    /// <summary>Adds <see cref="AttachmentCopier"/>, in one process, unless another platform has.</summary>
    public static void TryAddAttachmentCopier(this IServiceCollection services)
    {
        if (!services.Any(service => service.ServiceKey is Lease))
        {
            services.AddDutyService<AttachmentCopier>(Lease).AddDuty(Lease);
        }
    }

    /// <summary>Adds what a platform listens to, kept known in every process.</summary>
    /// <typeparam name="T">What knows it.</typeparam>
    public static void AddTracking<T>(this IServiceCollection services)
        where T : class, ITracking
    {
        services.AddSingleton<T>();
        services.AddSingleton<ITracking>(provider => provider.GetRequiredService<T>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TrackingPump>());
    }
}
