namespace System
{
    public class AppDomainUnloadedException : SystemException
    {
        public extern AppDomainUnloadedException();
        public extern AppDomainUnloadedException(string message);
        public extern AppDomainUnloadedException(string message, Exception innerException);
    }
}
