namespace System.Runtime.Remoting
{
    public static class RemotingServices
    {
        public static extern bool IsTransparentProxy(object proxy);
    }
}
